import { ArmError } from '../../arm/arm-error.ts';
import { parseBody } from '../../arm/body.ts';
import { requireValid } from '../../arm/refusals.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { arrayAt, isObject, sameText, textAt, withValue, type Json } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { normalise } from '../../shape/normalise.ts';
import { compileObject } from '../../shape/notation.ts';
import { notFound } from '../../arm/existence.ts';
import { KEY_VAULT_VERSIONS } from './shared.ts';
import { ACCESS_POLICY } from './vault-shape.ts';

const SHAPE = compileObject({
  id: 'readonly',
  name: 'readonly',
  type: 'readonly',
  location: 'readonly',
  'properties!': { 'accessPolicies!': [ACCESS_POLICY] },
});

/** `PUT {vault}/accessPolicies/{add|replace|remove}`: changes some of the policies of a vault. */
export const accessPolicies: ResourceType = {
  type: 'Microsoft.KeyVault/vaults/accessPolicies',
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'none',
  handlers: { PUT: changePolicies },
};

function changePolicies(call: Call): Reply {
  const { engine, target, type } = call;
  const vault: StoredResource | undefined = engine.resources.get(target.parent);
  if (!vault) throw notFound(target, type);
  const { value, problems } = normalise(SHAPE, parseBody(call));
  requireValid({ ...type, codes: { invalid: 'BadRequest' } }, problems);
  const path = 'properties.accessPolicies';
  const how = (target.names.at(-1) ?? '').toLowerCase();
  const policies = combine(how, arrayAt(vault.writable, path), arrayAt(value, path));
  engine.resources.put({ ...vault, writable: withValue(vault.writable, path, policies) });
  const id = `${vault.id}/accessPolicies/`;
  return json(200, { id, name: how, type: type.type, properties: { accessPolicies: policies } });
}

function combine(how: string, before: readonly Json[], sent: readonly Json[]): Json[] {
  const others = before.filter((policy) => !sent.some((each) => isSameHolder(each, policy)));
  switch (how) {
    case 'add':
      return [
        ...others,
        ...sent.map((each) =>
          union(
            before.find((policy) => isSameHolder(each, policy)),
            each,
          ),
        ),
      ];
    case 'replace':
      return [...others, ...sent];
    case 'remove':
      return others;
    default:
      throw new ArmError(400, 'BadRequest', `The operation '${how}' must be add, replace or remove.`);
  }
}

function isSameHolder(a: Json, b: Json): boolean {
  const same = (path: string): boolean => sameText(textAt(a, path) ?? '', textAt(b, path) ?? '');
  return same('tenantId') && same('objectId') && same('applicationId');
}

function union(before: Json | undefined, sent: Json): Json {
  if (before === undefined || !isObject(sent)) return sent;
  const kinds = ['keys', 'secrets', 'certificates', 'storage'];
  const permissions = kinds.map((kind): [string, Json] => {
    const all = [...arrayAt(before, `permissions.${kind}`), ...arrayAt(sent, `permissions.${kind}`)];
    return [kind, [...new Set(all)]];
  });
  return { ...sent, permissions: Object.fromEntries(permissions) };
}
