/**
 * Why no credential gave a token, in a line. A chain of credentials tells of each in `errors`
 * (AggregateAuthenticationError of @azure/identity); of each the first sentence says enough.
 */
export function signInMessage(error: Error): string {
  const tried: unknown = Reflect.get(error, 'errors');
  const messages = Array.isArray(tried)
    ? tried.filter((one): one is Error => one instanceof Error).map(({ message }) => message)
    : [];
  if (messages.length === 0) return firstSentence(error.message);
  return `no identity gave a token. ${messages.map(firstSentence).join('; ')}`;
}

function firstSentence(message: string): string {
  const [line = ''] = message.trim().split('\n', 1);
  const [sentence = ''] = line.split(/\.\s/, 1);
  return sentence.replace(/\.$/, '').replace(/^(?:CredentialUnavailableError|Error): /, '');
}
