import {
  isArray,
  isObject,
  member,
  textOf,
  valueAt,
  withValueAt,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';

const SECRETS = '/properties/configuration/secrets';

/** Secrets that an app or a job reads itself, `keyVault: {vault, secret}`, as the URL that Azure takes. */
export function vaultSecretsToArm(body: JsonObject, site: Site): JsonObject {
  const declared = member(site.spec as JsonObject, 'secrets');
  const sent = valueAt(body, SECRETS);
  if (!isArray(declared) || !isArray(sent)) return body;
  const secrets = sent.map((item, index): Json => {
    const url = isObject(item) ? urlOf(declared[index], site) : undefined;
    return url === undefined ? item : { ...without(item as JsonObject, 'keyVault'), keyVaultUrl: url };
  });
  return withValueAt(body, SECRETS, secrets) as JsonObject;
}

/** Live secrets as the manifest writes them: the URL of a secret that is declared by vault and name is shown so. */
export function vaultSecretsFromArm(spec: JsonObject, site: Site): JsonObject {
  const declared = member(site.spec as JsonObject, 'secrets');
  const live = member(spec, 'secrets');
  if (!isArray(declared) || !isArray(live)) return spec;
  const secrets = live.map((item): Json => {
    const same = declared.find((one) => textOf(one, 'name') === textOf(item, 'name'));
    const wanted = urlOf(same, site);
    const url = textOf(item, 'keyVaultUrl');
    if (!isObject(item) || wanted === undefined || wanted.toLowerCase() !== url.toLowerCase()) return item;
    return { ...without(item, 'keyVaultUrl'), keyVault: member(same, 'keyVault') ?? null };
  });
  return { ...spec, secrets };
}

/** Secrets whose value was given to the app or job: Azure tells their names only. */
export function givenSecrets(spec: JsonObject): Pointer[] {
  const secrets = member(spec, 'secrets');
  return (isArray(secrets) ? secrets : []).flatMap((one, index): Pointer[] =>
    textOf(one, 'keyVaultUrl') === '' && member(one, 'keyVault') === undefined ? [`/secrets/${index}/value`] : [],
  );
}

function urlOf(declared: Json | undefined, site: Site): string | undefined {
  const reference = member(declared, 'keyVault');
  if (!isObject(reference)) return undefined;
  const uri = site.outputOf(resourceId('KeyVault', textOf(reference, 'vault')), 'vaultUri');
  return typeof uri === 'string' ? `${uri.replace(/\/+$/, '')}/secrets/${textOf(reference, 'secret')}` : undefined;
}
