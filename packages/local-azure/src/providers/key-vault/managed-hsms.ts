import type { ResourceType } from '../../arm/contract.ts';
import { json } from '../../http/reply.ts';
import { KEY_VAULT_VERSIONS } from './shared.ts';

/** Managed HSMs cannot be made here. Their lists are empty: az asks for them with every list of vaults, deleted ones too. */
export const managedHsms: readonly ResourceType[] = ['managedHSMs', 'deletedManagedHSMs'].map((name) => ({
  type: `Microsoft.KeyVault/${name}`,
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'none',
  handlers: { LIST: () => json(200, { value: [] }) },
}));
