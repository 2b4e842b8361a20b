import { problem, ProblemError } from '../model/diagnostic.ts';
import { member } from '../model/json.ts';
import type { SecretSource } from '../model/kind.ts';
import type { SecretReference } from '../model/manifest.ts';
import type { Connection } from './connect.ts';

const VAULT_API_VERSION = '7.4';

function missing(message: string): ProblemError {
  return new ProblemError(
    problem('ING5005', message, { hint: 'Set the variable, or grant the identity the role Key Vault Secrets User.' }),
  );
}

/** Reads secrets when a change needs them: from the process's environment, or from a Key Vault. */
export function secretSource(env: Readonly<Record<string, string | undefined>>, connection: Connection): SecretSource {
  return async ({ secret }: SecretReference) => {
    if ('env' in secret) {
      const value = env[secret.env];
      if (value === undefined || value === '') throw missing(`The environment variable ${secret.env} is not set`);
      connection.secrets.add(value);
      return value;
    }
    const { version } = secret;
    const exact = typeof version === 'string' && /^[0-9a-f]{32}$/i.test(version) ? `/${version}` : '';
    const path = `https://${secret.keyVault}${connection.vaultSuffix}/secrets/${secret.name}${exact}`;
    const value = member(await connection.azure.get({ path, apiVersion: VAULT_API_VERSION }), 'value');
    if (typeof value !== 'string') throw missing(`The Key Vault ${secret.keyVault} has no secret ${secret.name}`);
    connection.secrets.add(value);
    return value;
  };
}
