import { isArray, isObject, member, pointer, type Json, type Pointer } from '../../model/json.ts';

/** Members that hold a secret, which no provider answers. */
const SECRET =
  /(password|passphrase|accountKey|sharedKey|primaryKey|secondaryKey|apiKey|clientSecret|secretValue|sasToken|connectionString|privateKey|pfx|certificateValue)$/i;

/** Members that say how a resource is made, which is over once it exists: Cosmos DB, SQL, Key Vault, Cognitive Services. */
const HOW = /^(createMode|restore|restoreParameters|restorePointInTime|sourceDatabaseId|sourceResourceId)$/;

/**
 * Declared members of an undescribed type that live does not have because Azure never answers them: secrets, what holds
 * nothing that is answered beside a secret, and how the resource was made. A sku that is not answered at all is not kept
 * by the type.
 */
export function unanswered(desired: Json | undefined, live: Json | undefined): Pointer[] {
  const [sku, known] = [member(desired, 'sku'), member(live, 'sku')];
  const below = walk(member(desired, 'properties'), member(live, 'properties'), '/properties', false);
  return sku !== undefined && isMissing(known) ? ['/sku', ...below] : below;
}

function walk(desired: Json | undefined, live: Json | undefined, path: Pointer, inSecrets: boolean): Pointer[] {
  if (isArray(desired)) {
    const items = isArray(live) ? live : [];
    return desired.flatMap((item, index) => walk(item, items[index], pointer(path, index), inSecrets));
  }
  if (!isObject(desired)) return [];
  return Object.entries(desired).flatMap(([name, value]): Pointer[] => {
    const own = pointer(path, name);
    const known = member(live, name);
    if (isMissing(known) && (HOW.test(name) || isSecret(name, value, desired, inSecrets))) return [own];
    return walk(value, known, own, inSecrets || /secrets$/i.test(name));
  });
}

function isSecret(name: string, value: Json, beside: Json, inSecrets: boolean): boolean {
  if (SECRET.test(name)) return true;
  // A certificate comes with its password, and an item of `secrets` with its value.
  if (name === 'value') return inSecrets || member(beside, 'password') !== undefined;
  return isObject(value) && Object.keys(value).some((inner) => SECRET.test(inner));
}

function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}
