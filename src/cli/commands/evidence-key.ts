import { signerOf } from '../promotion/signer.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, openEnvironment, type EnvironmentOptions } from '../session.ts';
import { jsonText } from '../text.ts';

/** Prints the public half of the key that would sign, as an entry of releases/trust.yaml. */
export async function evidenceKey(io: Io, options: EnvironmentOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const signer = await signerOf(io, connection);
    if ('code' in signer) {
      reportProblems(io, [signer], options);
      return exitCodeFor([signer]);
    }
    const publicKey = signer.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const name = `ci-${opened.value.scope.name}`;
    if (options.output === 'json') io.write(`${jsonText({ keyid: signer.keyid, publicKey })}\n`);
    else
      io.print(
        [`- name: ${name}`],
        [`  environments: [${opened.value.scope.name}]`],
        ['  publicKey: |'],
        ...publicKey
          .trimEnd()
          .split('\n')
          .map((line) => [`    ${line}`]),
      );
    return exitCodes.ok;
  } finally {
    await connection.close();
  }
}
