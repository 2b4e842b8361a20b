import { defined, type JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import type { Version, VaultObject } from '../objects.ts';
import { isPurgeProtected, retentionDays } from '../shared.ts';
import type { VaultCall } from './call.ts';

/** Attributes with what the vault says about recovery. */
function attributesOf({ attributes }: Version, vault: StoredResource): JsonObject {
  const days = retentionDays(vault);
  const level = isPurgeProtected(vault) ? 'Recoverable' : 'Recoverable+Purgeable';
  return {
    ...attributes,
    recoveryLevel: days < 90 ? `Customized${level}` : level,
    recoverableDays: days,
  };
}

/** Members that describe a deleted object. */
export function deletionOf({ base }: VaultCall, kind: string, { name, deleted }: VaultObject<Version>): JsonObject {
  if (!deleted) return {};
  return {
    recoveryId: `${base}deleted${kind}/${name}`,
    deletedDate: Math.floor(deleted.at / 1000),
    scheduledPurgeDate: Math.floor(deleted.purged / 1000),
  };
}

/** `managed` and the like are absent, tags are always there. */
export function commonOf(version: Version, vault: StoredResource): JsonObject {
  return defined({ attributes: attributesOf(version, vault), tags: { ...version.tags } });
}
