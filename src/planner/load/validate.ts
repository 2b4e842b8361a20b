import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import commonSchema from '../../model/common.schema.json' with { type: 'json' };
import type { JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { documentSchema } from './document-schema.ts';

const VOCABULARY = [
  'ref',
  'ref-to',
  'ref-optional',
  'word',
  'global',
  'legacy',
  'new',
  'parent',
  'immutable',
  'key',
  'unasked',
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

type Checked = Pick<KindDefinition, 'kind' | 'schema'>;

/** Checks documents against their kind's schema. */
export interface Validator {
  /** Fills defaults into `document`, which must be a copy, and returns what is wrong with it. */
  check(kind: Checked, document: JsonObject): readonly ErrorObject[];
}

/** A validator; all of a process share what they compile, which is a kind's schema when its first document comes. */
export function createValidator(): Validator {
  return {
    check(kind, document) {
      const validate = validateFunction(kind);
      return validate(document) ? [] : (validate.errors ?? []);
    },
  };
}

const compiled = new WeakMap<Checked['schema'], Map<string, ValidateFunction>>();
let shared: Ajv2020 | undefined;

function validateFunction({ kind, schema }: Checked): ValidateFunction {
  const ofSchema = compiled.get(schema) ?? new Map<string, ValidateFunction>();
  compiled.set(schema, ofSchema);
  const known = ofSchema.get(kind);
  if (known) return known;
  shared ??= createAjv();
  const validate = shared.compile(documentSchema(kind, schema));
  ofSchema.set(kind, validate);
  return validate;
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    // Takes a third of the time of compiling, and each function runs a few times only.
    code: { optimize: false },
  });
  for (const name of VOCABULARY) ajv.addKeyword(`x-${name}`);
  ajv.addSchema(commonSchema);
  return ajv;
}
