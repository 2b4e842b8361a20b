import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writableLeaves, type AzureFacts } from '../../src/model/azure-facts.ts';
import { canSay, effectiveSchema, sayable } from '../../src/model/effective-schema.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Site } from '../../src/model/kind.ts';
import { resourceId } from '../../src/model/resource-id.ts';
import { inlineSchema, schemaAt, type SpecSchema } from '../../src/model/schema.ts';
import { createValidator } from '../../src/planner/load/validate.ts';
import { declared as containerApp } from '../../src/reconcilers/container-app/arm.ts';
import { createBody } from '../../src/reconcilers/shared/arm-body.ts';
import { compileArmKind } from '../../src/reconcilers/shared/arm-kind.ts';
import { observeArm } from '../../src/reconcilers/shared/arm-observation.ts';
import { fromBody, toBody } from '../../src/reconcilers/shared/mapping.ts';
import { kindFacts } from '../support/azure-facts.ts';

const facts: AzureFacts = {
  type: 'Example.Things/things',
  apiVersion: '2026-01-01',
  source: { package: 'example', version: '1.0.0', apiVersion: '2026-01-01' },
  root: 'Thing',
  models: {
    Thing: {
      properties: { sku: { type: 'object', model: 'Sku' }, properties: { type: 'object', model: 'Properties' } },
    },
    Sku: { properties: { name: { type: 'string', required: true }, capacity: { type: 'number' } } },
    Properties: {
      properties: {
        configuration: { type: 'object', model: 'Configuration' },
        rules: { type: 'array', of: { type: 'object', model: 'Rule' } },
        state: { type: 'string', readOnly: true },
        adminPassword: { type: 'string' },
        mode: { type: 'string', enum: ['Fast', 'Slow'], open: true },
        scale: { type: 'number' },
      },
    },
    Configuration: {
      properties: { port: { type: 'number' }, dapr: { type: 'object', model: 'Dapr' }, scale: { type: 'number' } },
    },
    Dapr: { properties: { appId: { type: 'string' } } },
    Rule: { properties: { name: { type: 'string', required: true }, note: { type: 'string' } } },
  },
};

const handWritten: SpecSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    size: { type: 'string', 'x-arm': '/sku/name' },
    port: { type: 'integer', 'x-arm': '/properties/configuration/port' },
    rules: {
      type: 'array',
      'x-key': 'name',
      items: { type: 'object', additionalProperties: false, properties: { name: { type: 'string' } } },
    },
  },
};

const site = (spec: object): Site => ({
  id: resourceId('Thing', 'one'),
  azureName: 'one',
  spec,
  owner: undefined,
  protected: false,
  environment: {
    name: 'test',
    location: 'westeurope',
    groupPath: '/subscriptions/s/resourceGroups/g',
    tags: {},
  } as never,
  azureNameOf: () => undefined,
  pathOf: () => undefined,
  outputOf: () => undefined,
  digestOf: () => undefined,
  resourceAt: () => undefined,
});

describe('a schema completed by facts', () => {
  const schema = effectiveSchema(handWritten, facts);

  test('puts a member beside the hand-written fields that come from the same object', () => {
    expect(schema.properties?.['dapr']).toMatchObject({ 'x-arm': '/properties/configuration/dapr', type: 'object' });
    expect(schema.properties?.['capacity']).toMatchObject({ 'x-arm': '/sku/capacity', type: 'number' });
  });

  test('completes the items of a hand-written list', () => {
    expect(schemaAt(schema, '/rules/0/note')).toMatchObject({ type: 'string' });
  });

  test('writes a member whose name is taken as Azure does', () => {
    expect(schema.properties?.['scale']?.['x-arm']).toBe('/properties/configuration/scale');
    expect(schemaAt(schema, '/properties/scale')?.['x-arm']).toBe('/properties/scale');
    expect(writableLeaves(facts).every((leaf) => canSay(sayable(schema), leaf))).toBe(true);
  });

  test('leaves out what is read-only and takes secrets by reference', () => {
    expect(schema.properties).not.toHaveProperty('state');
    expect(schema.properties?.['adminPassword']).toMatchObject({ 'x-secret': true });
  });

  test('takes other values of an open enum', () => {
    expect(schema.properties?.['mode']).toEqual({
      type: 'string',
      'x-known': ['Fast', 'Slow'],
      'x-arm': '/properties/mode',
    });
  });
});

describe.each(kindFacts)('$folder', ({ folder, schema, facts: own }) => {
  const whole = effectiveSchema(schema, own);

  test('can say every writable value of its type', () => {
    const reached = sayable(whole);
    expect(writableLeaves(own).filter((leaf) => !canSay(reached, leaf))).toEqual([]);
  });

  test('is a schema that documents can be checked against', () => {
    const wrong = { apiVersion: 'x', kind: 'Thing', metadata: { name: 'x' }, spec: { noSuchField: 1 } };
    const found = createValidator().check({ kind: folder, schema: whole }, wrong);
    expect(found.map(({ params }) => params['additionalProperty'] as unknown)).toContain('noSuchField');
  });

  test('keeps its hand-written fields', () => {
    expectKept(inlineSchema(schema), whole, folder);
  });

  test('sends generated fields and reads them back', () => {
    const known = inlineSchema(schema);
    fc.assert(
      fc.property(valueOf(whole, known), (value) => {
        const spec = value as JsonObject;
        const body = toBody(spec, whole, site(spec));
        expect(filled(fromBody(body, whole, site(spec)))).toEqual(filled(spec));
      }),
      { numRuns: 25 },
    );
  });
});

/** Everything that the hand-written schema says is said as before; objects may have more members. */
function expectKept(hand: SpecSchema, whole: SpecSchema | undefined, at: string): void {
  expect(whole, at).toBeDefined();
  const { properties, items, additionalProperties, ...rest } = hand;
  expect(whole, at).toMatchObject(rest);
  for (const [name, field] of Object.entries(properties ?? {}))
    expectKept(field, whole?.properties?.[name], `${at}.${name}`);
  if (items) expectKept(items, whole?.items, `${at}[]`);
  if (typeof additionalProperties === 'object')
    expectKept(additionalProperties, whole?.additionalProperties as SpecSchema, `${at}.*`);
}

/** Values with generated fields alone: at any depth what the hand-written schema lacks. */
function valueOf(schema: SpecSchema, hand: SpecSchema | undefined): fc.Arbitrary<Json> {
  if (schema.properties) {
    const members = Object.entries(schema.properties).flatMap(([name, field]): [string, fc.Arbitrary<Json>][] => {
      const own = hand?.properties?.[name];
      if (field['x-secret'] || field['x-part'] !== undefined || field['x-arm'] === false) return [];
      return hand && own && !own.properties ? [] : [[name, valueOf(field, own)]];
    });
    return fc.record(Object.fromEntries(members), { requiredKeys: [] }) as fc.Arbitrary<Json>;
  }
  if (schema.items) return fc.array(valueOf(schema.items, undefined), { minLength: 1, maxLength: 2 });
  if (typeof schema.additionalProperties === 'object')
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/u), valueOf(schema.additionalProperties, undefined), {
      minKeys: 1,
    });
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'number') return fc.integer();
  return schema.type === 'boolean' ? fc.boolean() : fc.string({ minLength: 1 });
}

/** Without objects that hold nothing, which no body shows. */
function filled(value: Json): Json {
  if (isArray(value)) return value.map((item) => filled(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, item]): [string, Json] => [name, filled(item)]);
  return Object.fromEntries(members.filter(([, item]) => !isObject(item) || Object.keys(item).length > 0));
}

test('a generated field of a container app reaches the request and is read back', () => {
  const { schema, facts: own } = kindFacts.find(({ folder }) => folder === 'container-app')!;
  const kind = compileArmKind({ ...containerApp, schema: effectiveSchema(schema, own) });
  const spec = {
    dapr: { enabled: true, appId: 'orders' },
    ingress: { targetPort: 8080, exposedPort: 9000, corsPolicy: { allowedOrigins: ['https://example.com'] } },
    containers: [
      {
        name: 'api',
        image: 'example.azurecr.io/api:1',
        probes: [{ type: 'Liveness', httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'Host', value: 'x' }] } }],
      },
    ],
  };
  const body = createBody(kind, spec, site(spec));
  expect(body).toMatchObject({
    properties: {
      configuration: {
        dapr: { enabled: true, appId: 'orders' },
        ingress: { exposedPort: 9000, corsPolicy: { allowedOrigins: ['https://example.com'] } },
      },
    },
  });
  expect(observeArm(kind, body, site(spec)).spec).toMatchObject({ dapr: spec.dapr, ingress: spec.ingress });
});

test('a generated field of a storage account reaches the request and is read back', () => {
  const { schema, facts: own } = kindFacts.find(({ folder }) => folder === 'storage-account')!;
  const completed = effectiveSchema(schema, own, { covered: ['/kind'] });
  const kind = compileArmKind({
    ...containerApp,
    kind: 'StorageAccount',
    schema: completed,
    toArm: (body) => body,
    fromArm: (spec) => spec,
  });
  const spec = {
    encryption: { keySource: 'Microsoft.Keyvault', keyvaultproperties: { keyname: 'cmk' } },
    isSftpEnabled: true,
  };
  const body = createBody(kind, spec, site(spec));
  expect(body).toMatchObject({ properties: spec });
  expect(observeArm(kind, body, site(spec)).spec).toMatchObject(spec);
  expect(completed.properties).not.toHaveProperty('kind');
});
