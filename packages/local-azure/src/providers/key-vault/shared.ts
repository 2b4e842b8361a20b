import type { Engine } from '../../arm/contract.ts';
import { sameText, valueAt } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';

/** Versions of Microsoft.KeyVault that SDKs, az and Terraform send. */
export const KEY_VAULT_VERSIONS: readonly string[] = [
  '2015-06-01',
  '2016-10-01',
  '2018-02-14',
  '2019-09-01',
  '2021-10-01',
  '2021-11-01-preview',
  '2022-07-01',
  '2022-11-01',
  '2023-02-01',
  '2023-07-01',
  '2024-11-01',
  '2025-05-01',
  '2026-02-01',
];

export const VAULT_TYPE = 'Microsoft.KeyVault/vaults';
export const DAY = 24 * 3600 * 1000;

/** Vault names are unique in all of Azure, because they are host names. */
export function findVault(engine: Engine, name: string): StoredResource | undefined {
  return engine.resources.list({ type: VAULT_TYPE }).find((vault) => sameText(vault.name, name));
}

/** Where a vault's data plane is on this server, with a slash at the end. Real vaults have their own host. */
export function vaultUri(origin: string, { name }: Pick<Resource, 'name'>): string {
  return `${origin}/keyvault/${name.toLowerCase()}/`;
}

export function retentionDays({ writable }: Resource): number {
  return Number(valueAt(writable, 'properties.softDeleteRetentionInDays') ?? 90);
}

export function isPurgeProtected({ writable }: Resource): boolean {
  return valueAt(writable, 'properties.enablePurgeProtection') === true;
}
