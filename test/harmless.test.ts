import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isArray,
  isObject,
  pointer,
  valueAt,
  walk,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../src/model/json.ts';
import type { Reconciler } from '../src/model/kind.ts';
import { inlineSchema, schemaAt, type SpecSchema } from '../src/model/schema.ts';
import { diffSpec, touches } from '../src/planner/diff.ts';
import { registry } from '../src/reconcilers/registry.ts';
import { createdBody, exampleSpec, liveOf, siteOf, updated } from './support/writing.ts';

/**
 * What the plan does not show is not changed: every kind of ARM, with members in every object of its live body that no
 * field declares, and items in its lists that no manifest knows.
 */
const kinds = [...registry.values()].filter(
  (kind) => kind.azureType.startsWith('Microsoft.') || kind.kind === 'AzureResource',
);

const TAGS = '/providers/Microsoft.Resources/tags/default';

/** Maps whose members are names: what is in them is declared or not as a whole. */
const MAPS = /^\/(tags|identity)|\/metadata|^\/id$|\/properties\/credentials|\/properties\/(?:options|administrators)/;

/** Fields that stand for an item of a list, for another resource, or for what Azure takes in another form. */
const APART = new Set([
  'CosmosAccount/serverless',
  'CosmosAccount/vectorSearch',
  'CosmosContainer/indexingMode',
  'BatchDeployment/default',
  'ContainerEnvironment/logs',
  'SearchService/disableLocalAuth',
  'SqlServer/administrator',
  'SqlServer/entraOnly',
]);

/** The body with a member `undeclaredN: keep-N` in every object that `chosen` picks. */
function withUndeclared(body: JsonObject, chosen: (index: number) => boolean): JsonObject {
  const places: Pointer[] = [];
  walk(body, (value, path) => {
    if (MAPS.test(path)) return false;
    if (isObject(value) && path !== '') places.push(path);
    return true;
  });
  return places.reduce<JsonObject>((result, path, index) => {
    if (!chosen(index)) return result;
    return withValueAt(result, pointer(path, `undeclared${index}`), `keep-${index}`) as JsonObject;
  }, body);
}

/** Fields that can be changed by themselves, with another value that their schema allows. */
function changeable(kind: Reconciler, spec: JsonObject): [Pointer, Json][] {
  const schema = inlineSchema(kind.schema);
  const found: [Pointer, Json][] = [];
  walk(spec, (value, path) => {
    if (isApart(kind, path)) return false;
    const field = schemaAt(schema, path);
    if (field === undefined || isFixed(schema, path)) return path === '';
    const other = otherValue(value, field);
    if (other !== undefined) found.push([path, other]);
    return true;
  });
  return found;
}

function isApart(kind: Reconciler, path: Pointer): boolean {
  return APART.has(`${kind.kind}/${path.split('/')[1] ?? ''}`);
}

/** Immutable, a reference, a secret, a part, or what tells an item apart. */
function isFixed(schema: SpecSchema, path: Pointer): boolean {
  const segments = path.split('/').slice(1);
  return segments.some((name, index) => {
    const at = `/${segments.slice(0, index + 1).join('/')}` as Pointer;
    const field = schemaAt(schema, at);
    const list = schemaAt(schema, `/${segments.slice(0, index - 1).join('/')}` as Pointer);
    const isKey = list?.['x-key']?.split(' ').includes(name) === true;
    return (
      isKey ||
      field?.['x-immutable'] !== undefined ||
      field?.['x-ref'] !== undefined ||
      field?.['x-secret'] === true ||
      field?.['x-part'] !== undefined ||
      field?.['x-parent'] === true
    );
  });
}

function otherValue(value: Json, { enum: values }: SpecSchema): Json | undefined {
  if (isArray(values)) return values.find((one) => one !== value);
  if (typeof value === 'boolean') return !value;
  return Number.isInteger(value) ? Number(value) + 1 : undefined;
}

const STRANGE = 'keep-strange';

/** The same with other texts. */
function strangeLike(value: Json): Json {
  if (typeof value === 'string') return `${value}-strange`;
  if (isArray(value)) return value.map(strangeLike);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strangeLike(item)]));
}

async function check(kind: Reconciler, desired: JsonObject, body: JsonObject, spec: JsonObject): Promise<void> {
  const live = liveOf(kind, body, desired);
  const schema = inlineSchema(kind.schema);
  const tolerated = kind.tolerate?.(desired, live.spec) ?? [];
  const difference = diffSpec({ schema, desired, live: live.spec, base: spec });
  const fields = difference.fields.filter(({ field }) => !touches(field, tolerated) && !isApart(kind, field));
  if (difference.immutable.length > 0 || (kind.immutable?.(desired) ?? []).length > 0) return;
  const { outcome, sent } = await updated(kind, desired, live, fields);
  const shown = JSON.stringify(fields.map(({ before }) => before));
  const [seen, text] = [JSON.stringify(live.spec), JSON.stringify(outcome)];
  walk(body, (value, path) => {
    if (typeof value !== 'string' || !value.startsWith('keep-') || seen.includes(`"${value}"`)) return;
    if (value === STRANGE && shown.includes('-strange')) return;
    expect(text, `${path} is gone; sent ${JSON.stringify(sent)}`).toContain(`"${value}"`);
  });
  const after = liveOf(kind, outcome, desired);
  const left = diffSpec({ schema, desired, live: after.spec, base: undefined }).fields;
  expect(
    left.filter(
      ({ field }) =>
        !touches(field, tolerated) &&
        touches(
          field,
          fields.map((one) => one.field),
        ),
    ),
  ).toEqual([]);
}

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  const spec = exampleSpec(kind) ?? {};

  it('takes over without changing anything else', async () => {
    const created = await createdBody(kind, spec);
    const described = kind.ownership === 'description' ? { '/properties/description': 'by hand' } : {};
    const unmarked = Object.entries({ ...described, ...(created['tags'] ? { '/tags': { team: 'others' } } : {}) });
    const others = unmarked.reduce<JsonObject>(
      (one, [path, value]) => withValueAt(one, path as Pointer, value) as JsonObject,
      created,
    );
    const body = withUndeclared(others, () => true);
    const live = liveOf(kind, body, spec);
    const { outcome, sent } = await updated(kind, spec, live, []);
    const rest = (value: JsonObject): Json => ({ ...value, tags: null });
    const mark =
      kind.ownership === 'none' ? [] : kind.ownership === 'tags' ? [live.address.path + TAGS] : [live.address.path];
    expect(sent.map(({ path }) => path).filter((path) => path.startsWith(live.address.path))).toEqual(mark);
    expect(kind.ownership === 'tags' ? rest(outcome) : null).toEqual(kind.ownership === 'tags' ? rest(body) : null);
  });

  it('one changed field loses nothing that no field declares', async () => {
    const created = await createdBody(kind, spec);
    const choices = changeable(kind, spec);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.infiniteStream(fc.boolean()), async (choice, picks) => {
        const body = withUndeclared(created, () => picks.next().value === true);
        const [path, value] = choices[choice % Math.max(choices.length, 1)] ?? [undefined, null];
        const desired = path === undefined ? spec : (withValueAt(spec, path, value) as JsonObject);
        await check(kind, desired, body, spec);
      }),
      { numRuns: 60 },
    );
  });

  it('what is live in lists and the manifest does not know stays or is shown as going', async () => {
    const created = await createdBody(kind, spec);
    const lists: Pointer[] = [];
    walk(created, (value, path) => {
      if (isArray(value) && value.length > 0 && value.every(isObject)) lists.push(path);
    });
    for (const list of lists) {
      const items = valueAt(created, list) as JsonObject[];
      const strange = { ...(strangeLike(items[0] ?? {}) as JsonObject), undeclared: STRANGE };
      for (const extended of [
        [...items, strange],
        [strange, ...items],
      ]) {
        await check(kind, spec, withValueAt(created, list, extended) as JsonObject, spec);
      }
    }
    expect(siteOf(kind, spec).spec).toBe(spec);
  });
});
