import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { KindDefinition } from '../../src/model/kind.ts';
import { inlineSchema, type SpecSchema } from '../../src/model/schema.ts';
import { compactSpec } from '../../src/planner/adopt/compact.ts';
import { createNameBook, kebab, namingFor } from '../../src/planner/adopt/names.ts';
import { filesWith } from '../../src/planner/adopt/overlay.ts';
import { restoreReferences, type Target } from '../../src/planner/adopt/references.ts';
import { diffSpec } from '../../src/planner/diff.ts';
import { createValidator } from '../../src/planner/load/validate.ts';
import { registry } from '../../src/reconcilers/registry.ts';
import { azureNameFor } from '../../src/planner/resolve/azure-name.ts';

const schema: SpecSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string' },
    size: { type: 'integer', default: 3 },
    open: { type: 'boolean', default: true, 'x-absent': false },
    tier: { enum: ['Basic', 'Standard'], default: 'Basic' },
    note: { type: 'string' },
    labels: { type: 'array', items: { type: 'string' }, default: ['a'], 'x-key': '.' },
    identity: {
      type: 'object',
      additionalProperties: false,
      default: { system: true },
      properties: {
        system: { type: 'boolean', default: false },
        users: { type: 'array', items: { type: 'string' }, default: [] },
      },
    },
  },
};

const kind = { ...registry.get('ActionGroup'), kind: 'Sample', schema } as KindDefinition;

/** The spec as loading gives it back: with defaults. */
function loaded(spec: JsonObject): JsonObject {
  const document = structuredClone({
    apiVersion: 'ingate/v1alpha1',
    kind: 'Sample',
    metadata: { name: 'x' },
    spec,
  }) as JsonObject;
  expect(createValidator().check(kind, document)).toEqual([]);
  return document['spec'] as JsonObject;
}

const live = fc.record(
  {
    name: fc.constantFrom('one', 'two'),
    size: fc.integer({ min: 1, max: 4 }),
    open: fc.boolean(),
    tier: fc.constantFrom('basic', 'Standard', 'STANDARD'),
    note: fc.constantFrom('', 'text'),
    labels: fc.subarray(['a', 'b']),
    identity: fc.record({ system: fc.boolean(), users: fc.subarray(['u', 'v']) }),
  },
  { requiredKeys: ['name', 'size', 'tier', 'labels', 'identity'] },
);

describe('compactSpec', () => {
  it('says the same as the live spec, and no plan changes anything', () => {
    fc.assert(
      fc.property(live, (spec) => {
        const desired = loaded(compactSpec(spec, schema));
        expect(diffSpec({ schema: inlineSchema(schema), desired, live: spec, base: undefined }).fields).toEqual([]);
      }),
    );
  });

  it('leaves out what is the default', () => {
    const spec = {
      name: 'one',
      size: 3,
      open: true,
      tier: 'BASIC',
      note: '',
      labels: ['a'],
      identity: { system: true, users: [] },
    };
    expect(compactSpec(spec, schema)).toEqual({ name: 'one' });
  });
});

describe('names', () => {
  it('are valid and unique whatever Azure has', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 90 }), { maxLength: 20 }), (wanted) => {
        const book = createNameBook([], '{name}', 'dev');
        const ids = wanted.map((name) => book.take(kind, name, 'parent'));
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^Sample\/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
    );
  });

  it('follow the pattern that most live names follow, and give these names back', () => {
    const rule = { scope: 'group', pattern: /^.+$/, maxLength: 90, style: 'lower-kebab' } as const;
    const scope = { name: 'dev', groupPath: '/subscriptions/s/resourceGroups/g' } as Parameters<typeof azureNameFor>[3];
    const names = ['shop-api-dev', 'shop-worker-dev', 'shop-logs-dev', 'other'];
    const naming = namingFor(
      names.map((azureName) => ({ azureName, rule })),
      'dev',
    );
    expect(naming).toBe('shop-{name}-{environment}');
    const book = createNameBook([], naming, 'dev');
    const definition = { ...kind, nameRule: rule };
    const back = names.map((name) => {
      const id = book.take(definition, name, '');
      return azureNameFor({ id, name: id.slice('Sample/'.length) }, rule, naming, scope);
    });
    expect(back.slice(0, 3)).toEqual(names.slice(0, 3));
    expect(kebab('KeyVault_Main 2')).toBe('key-vault-main-2');
  });
});

describe('restoreReferences', () => {
  const refs: SpecSchema = {
    type: 'object',
    properties: {
      vault: { type: 'string', 'x-ref': 'KeyVault' },
      model: { type: 'string', 'x-ref': 'ModelDeployment', 'x-ref-to': 'name', 'x-ref-optional': true },
      url: { anyOf: [{ type: 'string' }, { type: 'object', properties: { valueFrom: { type: 'object' } } }] },
      properties: { type: 'object' },
    },
  };
  const vault: Target = {
    id: 'KeyVault/secrets',
    azureName: 'kv',
    ancestors: [],
    outputs: { id: '/subscriptions/s/kv', vaultUri: 'https://kv.vault.example/' },
  };
  const model = (account: string): Target => ({
    id: `ModelDeployment/${account}-chat`,
    azureName: 'chat',
    ancestors: [`FoundryAccount/${account}`],
    outputs: { id: `/subscriptions/s/${account}/chat` },
  });
  const restore = (
    spec: JsonObject,
    targets: readonly Target[],
    link: (to: string) => boolean = () => true,
  ): JsonObject =>
    restoreReferences(spec, refs, {
      self: { id: 'Agent/a', ancestors: ['FoundryAccount/two'] },
      targets,
      link,
      lost: () => {},
    });

  it('names ids, values and addresses', () => {
    expect(
      restore(
        { vault: '/SUBSCRIPTIONS/s/kv', url: 'https://kv.vault.example/', properties: { id: '/subscriptions/s/kv' } },
        [vault],
      ),
    ).toEqual({
      vault: 'secrets',
      url: { valueFrom: { kind: 'KeyVault', name: 'secrets', output: 'vaultUri' } },
      properties: { id: { valueFrom: { kind: 'KeyVault', name: 'secrets', output: 'id' } } },
    });
  });

  it('takes the one that lies in the same account where names are not unique', () => {
    expect(restore({ model: 'chat' }, [model('one'), model('two')])).toEqual({ model: 'two-chat' });
    expect(restore({ model: 'chat' }, [model('one'), model('three')])).toEqual({ model: 'chat' });
  });

  it('keeps the id where a reference would close a circle', () => {
    expect(restore({ vault: '/subscriptions/s/kv', url: 'https://kv.vault.example/' }, [vault], () => false)).toEqual({
      vault: '/subscriptions/s/kv',
      url: 'https://kv.vault.example/',
    });
  });
});

describe('filesWith', () => {
  it('shows what would be there, and nothing that would be gone', () => {
    const none = { entries: () => undefined, stat: () => undefined, read: () => new Uint8Array(), tree: () => [] };
    const files = filesWith(none, new Map([['a/b/c.yaml', 'x']]), new Set(['a/old.yaml']));
    expect(files.entries('a')).toEqual([{ name: 'b', type: 'folder' }]);
    expect(files.stat('a/b')).toMatchObject({ type: 'folder' });
    expect(files.stat('a/b/c.yaml')).toEqual({ type: 'file', size: 1 });
    expect(files.stat('a/old.yaml')).toBeUndefined();
    expect(files.tree('a')).toEqual(['a/b/c.yaml']);
  });
});
