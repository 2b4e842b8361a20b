import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Connection } from '../../azure/connect.ts';
import { keyIdOf, type Signer } from '../../evidence/dsse.ts';
import { localSigner } from '../../evidence/local-signer.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import type { Io } from '../io.ts';

const HINT =
  'INGATE_EVIDENCE_VAULT_KEY: URL of a P-256 key of a Key Vault. INGATE_EVIDENCE_KEY or INGATE_EVIDENCE_KEY_FILE: an ed25519 key in PEM, such as `openssl genpkey -algorithm ed25519` makes.';

/** The key that the process was given for signing evidence, or why there is none. Never tells what is in it. */
export async function signerOf({ env, cwd }: Io, connection: Connection): Promise<Signer | Diagnostic> {
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const [text, file, url] = [
    given('INGATE_EVIDENCE_KEY'),
    given('INGATE_EVIDENCE_KEY_FILE'),
    given('INGATE_EVIDENCE_VAULT_KEY'),
  ];
  if (url !== undefined) return vaultSigner(connection, url);
  if (text !== undefined) return localSigner(text) ?? wrong('INGATE_EVIDENCE_KEY holds no ed25519 key');
  if (file === undefined) return wrong('There is no key to sign evidence with');
  return (
    localSigner(readText(resolve(cwd, file))) ?? wrong('INGATE_EVIDENCE_KEY_FILE names no file with an ed25519 key')
  );
}

function wrong(message: string): Diagnostic {
  return problem('ING8212', message, { hint: HINT });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function vaultSigner(connection: Connection, url: string): Promise<Signer | Diagnostic> {
  const { vaultKey } = await import('../../azure/vault-signer.ts');
  try {
    const key = await vaultKey(connection, url);
    return { keyid: keyIdOf(key.publicKey), publicKey: key.publicKey, sign: (bytes) => key.sign(bytes) };
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    if (isAzureError(error)) return describeAzureError(error);
    throw error;
  }
}
