import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { SpecSchema } from '../../src/model/schema.ts';
import { diffSpec } from '../../src/planner/diff.ts';

const schema: SpecSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', 'x-immutable': true },
    location: { type: 'string', 'x-compare': 'location' },
    mode: { enum: ['Auto', 'Manual'] },
    memory: { type: 'string', 'x-compare': 'quantity' },
    window: { type: 'string', 'x-compare': 'duration' },
    target: { type: 'string', 'x-compare': 'url' },
    workspace: { type: 'string', 'x-compare': 'id' },
    prompt: { type: 'string', 'x-compare': 'text' },
    keyAccess: { type: 'boolean', 'x-absent': true },
    domain: { type: 'string', 'x-immutable': 'once-set' },
    tags: { type: 'object', additionalProperties: { type: 'string' }, 'x-open': true, 'x-compare': 'tags' },
    variables: { type: 'object', additionalProperties: { type: 'string' } },
    key: { type: 'string', 'x-secret': true },
    rules: { type: 'array', items: { type: 'string' }, 'x-key': '.' },
    args: { type: 'array', items: { type: 'string' } },
    containers: {
      type: 'array',
      'x-key': 'name',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          cpu: { type: 'number', 'x-compare': 'quantity' },
          image: { type: 'string' },
        },
      },
    },
    definition: { type: 'object', 'x-closed': true },
  },
};

function changes(desired: JsonObject, live: JsonObject, base?: JsonObject) {
  const { fields, immutable, unchecked } = diffSpec({ schema, desired, live, base });
  return {
    labels: fields.map((field) => field.label),
    classes: fields.map((field) => field.class),
    immutable,
    unchecked,
  };
}

describe('the diff of a spec', () => {
  it.each<[what: string, desired: JsonObject, live: JsonObject]>([
    ['case and spaces of regions', { location: 'East US 2' }, { location: 'eastus2' }],
    ['case of enums', { mode: 'Auto' }, { mode: 'auto' }],
    ['amounts', { memory: '1Gi' }, { memory: '1.0Gi' }],
    ['units of amounts', { memory: '2Gi' }, { memory: '2048Mi' }],
    ['durations', { window: 'PT5M' }, { window: 'PT0H5M' }],
    [
      'slashes at the end of URLs, and case of hosts',
      { target: 'https://X.search.windows.net' },
      { target: 'https://x.search.windows.net/' },
    ],
    [
      'case of resource ids',
      { workspace: '/subscriptions/A/resourceGroups/g' },
      { workspace: '/subscriptions/a/resourcegroups/G' },
    ],
    ['line ends of texts', { prompt: 'a\nb\n' }, { prompt: 'a\r\nb' }],
    ['absent values that mean the declared one', { keyAccess: true }, {}],
    ['order of sets', { rules: ['a', 'b'] }, { rules: ['b', 'a'] }],
    [
      'order of named items',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { containers: [{ name: 'b' }, { name: 'a' }] },
    ],
    [
      'numbers and text of an amount',
      { containers: [{ name: 'a', cpu: 0.5 }] },
      { containers: [{ name: 'a', cpu: '0.50' }] },
    ],
    ['case of tag names, and tags of others', { tags: { Team: 'x' } }, { tags: { team: 'x', 'hidden-link': 'y' } }],
    ['fields that only Azure has', { mode: 'Auto' }, { mode: 'Auto', location: 'westeurope' }],
    ['empty and absent', { rules: [], tags: {} }, {}],
  ])('does not report %s', (_, desired, live) => {
    expect(changes(desired, live).labels).toEqual([]);
  });

  it.each<[what: string, desired: JsonObject, live: JsonObject, labels: string[]]>([
    ['a changed value', { mode: 'Auto' }, { mode: 'Manual' }, ['mode']],
    ['an absent value that means something else', { keyAccess: false }, {}, ['keyAccess']],
    ['case of values of tags', { tags: { team: 'A' } }, { tags: { team: 'a' } }, ['tags.team']],
    ['a variable that somebody added', { variables: { A: '1' } }, { variables: { A: '1', B: '2' } }, ['variables.B']],
    [
      'an item that somebody added',
      { containers: [{ name: 'a' }] },
      { containers: [{ name: 'a' }, { name: 'x' }] },
      ['containers[x]'],
    ],
    [
      'one field of one item',
      { containers: [{ name: 'a', image: 'v2' }] },
      { containers: [{ name: 'a', image: 'v1' }] },
      ['containers[a].image'],
    ],
    ['order of ordered lists', { args: ['a', 'b'] }, { args: ['b', 'a'] }, ['args']],
    [
      'anything beyond a closed value',
      { definition: { a: 1 } },
      { definition: { a: 1, tools: [{ type: 'mcp' }] } },
      ['definition.tools'],
    ],
  ])('reports %s', (_, desired, live, labels) => {
    expect(changes(desired, live).labels).toEqual(labels);
  });

  it('says which changes Azure cannot make in place', () => {
    expect(changes({ name: 'a' }, { name: 'b' }).immutable).toEqual(['/name']);
    expect(changes({ domain: 'a' }, {}).immutable).toEqual([]);
    expect(changes({ domain: 'a' }, { domain: 'b' }).immutable).toEqual(['/domain']);
  });

  it('counts secrets as unchecked and never compares them', () => {
    const result = changes({ key: { secret: { env: 'KEY' } } }, {});
    expect(result).toEqual({ labels: [], classes: [], immutable: [], unchecked: ['/key'] });
  });

  it.each<[base: string | undefined, live: string | undefined, head: string | undefined, result: string | undefined]>([
    ['a', 'a', 'a', undefined],
    ['a', 'a', 'b', 'pending'],
    ['a', 'b', 'a', 'drift'],
    ['a', 'b', 'b', undefined],
    ['a', 'b', 'c', 'conflict'],
    [undefined, undefined, 'c', 'pending'],
    ['a', 'a', undefined, 'pending'],
    ['a', 'b', undefined, undefined],
  ])('tells base %s, live %s, head %s apart: %s', (base, live, head, result) => {
    const spec = (value: string | undefined): JsonObject => (value === undefined ? {} : { target: value });
    expect(changes(spec(head), spec(live), spec(base)).classes).toEqual(result === undefined ? [] : [result]);
  });

  it('finds nothing between a value and itself', () => {
    const value = fc.record(
      {
        mode: fc.constantFrom('Auto', 'Manual'),
        tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
        rules: fc.uniqueArray(fc.string()),
        containers: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{1,4}$/), image: fc.string() }), {
          selector: (one) => one.name,
        }),
        definition: fc.dictionary(fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(value, (spec) => {
        const plain = JSON.parse(JSON.stringify(spec)) as JsonObject;
        expect(changes(plain, plain).labels).toEqual([]);
      }),
    );
  });
});

describe('a declared value that is empty', () => {
  it('differs from a live one that is not, and not from one that is missing', () => {
    for (const empty of ['', null]) {
      expect(changes({ prompt: empty }, { prompt: 'text' }).labels).toEqual(['prompt']);
      expect(changes({ mode: empty }, { mode: 'Auto' }).labels).toEqual(['mode']);
      expect(changes({ prompt: empty }, {}).labels).toEqual([]);
    }
  });
});

describe('immutability', () => {
  const nested: SpecSchema = {
    type: 'object',
    properties: {
      network: {
        type: 'object',
        'x-immutable': true,
        properties: { subnet: { type: 'string' }, dns: { type: 'object', properties: { zone: { type: 'string' } } } },
      },
    },
  };

  it('of an object is that of all its members, however deep', () => {
    const desired = { network: { subnet: 'b', dns: { zone: 'y' } } };
    const live = { network: { subnet: 'a', dns: { zone: 'x' } } };
    const { immutable } = diffSpec({ schema: nested, desired, live, base: undefined });
    expect(immutable).toEqual(['/network/subnet', '/network/dns/zone']);
  });
});
