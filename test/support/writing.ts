import { parseAllDocuments } from 'yaml';
import type { Azure, Reply } from '../../src/model/azure.ts';
import { observeBody } from '../../src/model/fingerprint.ts';
import { isArray, isObject, member, mergePatch, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Live, Reconciler, Site, WriteContext } from '../../src/model/kind.ts';
import type { FieldChange } from '../../src/model/plan.ts';
import { kindOf, nameOf, resourceId, type ResourceId } from '../../src/model/resource-id.ts';
import { inlineSchema, type SpecSchema } from '../../src/model/schema.ts';
import { example } from './examples.ts';

const GROUP = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-test';

/** A site of a kind in an environment in which everything else was applied. */
export function siteOf(kind: Reconciler, spec: JsonObject): Site {
  return {
    id: resourceId(kind.kind, 'one'),
    azureName: kind.nameRule.style === 'uuid' ? '7c1f3a9e-2b40-4d5e-8f60-718293a4b5c6' : 'one',
    spec,
    owner: undefined,
    protected: false,
    environment: {
      name: 'dev',
      cloud: 'local',
      subscriptionId: '11111111-1111-1111-1111-111111111111',
      tenantId: '22222222-2222-2222-2222-222222222222',
      resourceGroup: 'rg-test',
      groupPath: GROUP,
      location: 'swedencentral',
      tags: {},
    },
    azureNameOf: nameOf,
    pathOf: (id) => `${GROUP}/providers/Contoso.Test/${kindOf(id)}/${nameOf(id)}`,
    outputOf: (id, output) =>
      output === 'customerId' ? 'customer' : `https://${nameOf(id)}.contoso.example/${output}`,
    digestOf: () => 'digest',
    resourceAt: known,
  };
}

function known(path: string): ResourceId | undefined {
  const [, kind, name] = /\/providers\/Contoso\.Test\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return kind !== undefined && name !== undefined ? resourceId(kind, name) : undefined;
}

/** One write of a resource: the call, its path, and its body. */
export interface Sent {
  readonly method: 'PUT' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body: JsonObject | undefined;
}

/** A context whose Azure takes everything and answers the body of the request. */
export function recorder(
  live?: JsonObject,
  secret: WriteContext['secret'] = () => Promise.resolve('from-git'),
): { readonly context: WriteContext; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const take = (method: Sent['method']) => (address: { path: string }, body: JsonObject | undefined) => {
    sent.push({ method, path: address.path, body });
    return Promise.resolve(body ?? {});
  };
  const post = (address: { path: string }, body: JsonObject | undefined): Promise<Reply> => {
    sent.push({ method: 'POST', path: address.path, body });
    const answer = address.path.endsWith('/listSecrets')
      ? { value: [{ name: 'kept', value: 'from-azure' }] }
      : { primarySharedKey: 'key' };
    return Promise.resolve({ status: 200, headers: {}, body: answer, requestId: undefined });
  };
  const azure = {
    now: () => 0,
    get: () => Promise.resolve(live ?? { properties: { customerId: 'customer' }, tenantId: 'tenant' }),
    put: take('PUT'),
    patch: take('PATCH'),
    post,
    sleep: () => Promise.resolve(),
  } as unknown as Azure;
  const context: WriteContext = {
    azure,
    secret,
    signal: new AbortController().signal,
    report: () => undefined,
    attach: () => undefined,
    nominate: () => Promise.reject(new Error('nothing is nominated')),
    probe: () => Promise.reject(new Error('nothing is asked')),
    files: {} as WriteContext['files'],
    generation: 1,
  };
  return { context, sent };
}

/** The spec of the full example of a kind with the defaults of its schema; undefined where there is no example. */
export function exampleSpec(kind: Reconciler): JsonObject | undefined {
  const documents = parseAllDocuments(example(kind.kind, 'full') ?? '').map((one) => one.toJS() as JsonObject);
  const found = documents.find((one) => one['kind'] === kind.kind);
  const spec = found && member(found, 'spec');
  if (!isObject(spec)) return undefined;
  const whole = withDefaults(spec, inlineSchema(kind.schema)) as JsonObject;
  const known = Object.entries(whole).filter(([name]) => !isBeside(kind, name));
  const own = Object.fromEntries(known.map(([name, value]) => [name, concrete(value)]));
  return kind.canonical ? kind.canonical(own) : own;
}

/** Parts and throughput are resources of their own, and a rollout is carried out in steps. */
function isBeside({ schema }: Reconciler, name: string): boolean {
  return (
    name === 'rollout' || name === 'throughput' || inlineSchema(schema).properties?.[name]?.['x-part'] !== undefined
  );
}

/** With values in place of references to outputs. */
function concrete(value: Json): Json {
  if (isArray(value)) return value.map(concrete);
  if (!isObject(value)) return value;
  if (Object.keys(value).join() === 'valueFrom') return '33333333-3333-3333-3333-333333333333';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, concrete(item)]));
}

function withDefaults(value: Json, schema: SpecSchema | undefined): Json {
  if (isArray(value)) return value.map((item) => withDefaults(item, schema?.items));
  if (!isObject(value) || !schema?.properties) return value;
  const members = Object.entries(schema.properties).flatMap(([name, field]): [string, Json][] => {
    const own = member(value, name) ?? field['default'];
    return own === undefined ? [] : [[name, withDefaults(own, field)]];
  });
  return { ...value, ...Object.fromEntries(members) };
}

/** The body that a kind creates, as Azure would show it. */
export async function createdBody(kind: Reconciler, spec: JsonObject): Promise<JsonObject> {
  const { context, sent } = recorder();
  const site = siteOf(kind, spec);
  await kind.write(context, site, undefined, []);
  const path = kind.locate(site).address?.path ?? '';
  const body = sent.find((one) => one.method === 'PUT' && one.path === path)?.body ?? {};
  return { id: path, name: 'one', type: kind.azureType, ...body };
}

export function liveOf(kind: Reconciler, body: JsonObject, spec: JsonObject): Live {
  const site = siteOf(kind, spec);
  const address = kind.locate(site).address ?? { path: '', apiVersion: '' };
  return observeBody(kind, body, address, site);
}

/** Makes an update and resolves to what the resource is afterwards, and to what was sent. */
export async function updated(
  kind: Reconciler,
  spec: JsonObject,
  live: Live,
  fields: readonly FieldChange[],
  secret?: WriteContext['secret'],
): Promise<{ readonly outcome: JsonObject; readonly sent: readonly Sent[] }> {
  const { context, sent } = recorder(live.body, secret);
  await kind.write(context, siteOf(kind, spec), live, fields);
  const path = live.address.path;
  const outcome = sent.reduce<JsonObject>((body, one) => afterCall(body, one, path), live.body);
  return { outcome, sent };
}

function afterCall(body: JsonObject, { method, path, body: sent = {} }: Sent, own: string): JsonObject {
  if (path === `${own}/providers/Microsoft.Resources/tags/default`) {
    const tags = member(member(sent, 'properties'), 'tags') as JsonObject;
    return { ...body, tags: sent['operation'] === 'Merge' ? { ...(body['tags'] as JsonObject), ...tags } : tags };
  }
  if (path !== own || method === 'POST') return body;
  const { id, name, type } = body;
  return method === 'PUT'
    ? { id: id ?? '', name: name ?? '', type: type ?? '', ...sent }
    : (mergePatch(body, sent) as JsonObject);
}
