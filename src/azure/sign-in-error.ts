import type { AzureErrorDetails } from '../model/azure.ts';

/** Codes of connections that did not come about. */
const UNREACHABLE = /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)\b/;

/**
 * Why no credential gave a token: `Credential` where nobody is signed in or Entra refused, `Network` where the service that
 * gives tokens could not be reached or was out of order, so that signing in again would not help.
 */
export function credentialFault(error: Error): Pick<AzureErrorDetails, 'code' | 'message'> {
  const broken = attempts(error).find(isBroken);
  if (!broken) return { code: 'Credential', message: signInMessage(error) };
  return {
    code: 'Network',
    message: `the service that gives tokens does not answer: ${firstSentence(broken.message)}`,
  };
}

/** AuthenticationError of @azure/identity has the status of the answer; one of a connection has a code, or names it. */
function isBroken(error: Error): boolean {
  if (error.name === 'CredentialUnavailableError') return false;
  const status: unknown = Reflect.get(error, 'statusCode');
  if (typeof status === 'number' && status >= 400) return status === 429 || status >= 500;
  return UNREACHABLE.test(`${String(Reflect.get(error, 'code') ?? '')} ${error.message}`);
}

/** A chain of credentials tells of each in `errors` (AggregateAuthenticationError of @azure/identity). */
function attempts(error: Error): Error[] {
  const tried: unknown = Reflect.get(error, 'errors');
  const found = Array.isArray(tried) ? tried.filter((one): one is Error => one instanceof Error) : [];
  return found.length === 0 ? [error] : found;
}

/** Why no credential gave a token, in a line; of each the first sentence says enough. */
export function signInMessage(error: Error): string {
  const tried = attempts(error);
  if (tried.length === 1 && tried[0] === error) return firstSentence(error.message);
  return `no identity gave a token. ${tried.map(({ message }) => firstSentence(message)).join('; ')}`;
}

function firstSentence(message: string): string {
  const [line = ''] = message.trim().split('\n', 1);
  const [sentence = ''] = line.split(/\.\s/, 1);
  return sentence.replace(/\.$/, '').replace(/^(?:CredentialUnavailableError|Error): /, '');
}
