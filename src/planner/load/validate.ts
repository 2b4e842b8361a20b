import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import commonSchema from '../../model/common.schema.json' with { type: 'json' };
import type { JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { documentSchema } from './document-schema.ts';

const VOCABULARY = [
  'ref',
  'ref-to',
  'ref-optional',
  'parent',
  'immutable',
  'key',
  'compare',
  'absent',
  'open',
  'closed',
  'arm',
  'file',
  'secret',
  'part',
  'guards',
  'known',
  'form',
];

/** Checks documents against their kind's schema; each schema is compiled when its first document comes. */
export interface Validator {
  /** Fills defaults into `document`, which must be a copy, and returns what is wrong with it. */
  check(kind: Pick<KindDefinition, 'kind' | 'schema'>, document: JsonObject): readonly ErrorObject[];
}

export function createValidator(): Validator {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  });
  for (const name of VOCABULARY) ajv.addKeyword(`x-${name}`);
  ajv.addSchema(commonSchema);
  const compiled = new Map<string, ValidateFunction>();
  return {
    check(kind, document) {
      const known = compiled.get(kind.kind) ?? ajv.compile(documentSchema(kind.kind, kind.schema));
      compiled.set(kind.kind, known);
      return known(document) ? [] : (known.errors ?? []);
    },
  };
}
