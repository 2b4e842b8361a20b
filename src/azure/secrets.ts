import { problem, ProblemError, type Diagnostic } from '../model/diagnostic.ts';
import { member } from '../model/json.ts';
import type { SecretSource } from '../model/kind.ts';
import { SHORTEST_SECRET } from '../model/known-secrets.ts';
import type { SecretReference } from '../model/manifest.ts';
import type { Connection } from './connect.ts';

const VAULT_API_VERSION = '7.4';

function missing(message: string): ProblemError {
  return new ProblemError(
    problem('ING5005', message, { hint: 'Set the variable, or grant the identity the role Key Vault Secrets User.' }),
  );
}

/** Too short to be found again in what Azure answers. */
export function isTooShort(value: string): boolean {
  return value.trim().length < SHORTEST_SECRET;
}

export function tooShort(what: string): Diagnostic {
  const message = `${what} has fewer than ${SHORTEST_SECRET} characters`;
  return problem('ING5012', message, { hint: 'Use a longer one; write what is not a secret into the manifest.' });
}

/** Reads secrets when a change needs them: from the process's environment, or from a Key Vault. */
export function secretSource(env: Readonly<Record<string, string | undefined>>, connection: Connection): SecretSource {
  const known = (value: string, what: string): string => {
    if (isTooShort(value)) throw new ProblemError(tooShort(what));
    connection.secrets.add(value);
    return value;
  };
  return async ({ secret }: SecretReference) => {
    if ('env' in secret) {
      const value = env[secret.env];
      if (value === undefined || value === '') throw missing(`The environment variable ${secret.env} is not set`);
      return known(value, `The environment variable ${secret.env}`);
    }
    const { version } = secret;
    const exact = typeof version === 'string' && /^[0-9a-f]{32}$/i.test(version) ? `/${version}` : '';
    const path = `https://${secret.keyVault}${connection.vaultSuffix}/secrets/${secret.name}${exact}`;
    const value = member(await connection.azure.get({ path, apiVersion: VAULT_API_VERSION }), 'value');
    if (typeof value !== 'string') throw missing(`The Key Vault ${secret.keyVault} has no secret ${secret.name}`);
    return known(value, `The secret ${secret.name} of the Key Vault ${secret.keyVault}`);
  };
}
