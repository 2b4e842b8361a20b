import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';

/**
 * Patterns of schemas run in linear time, because the texts they match come from a model. Ajv distinguishes patterns by
 * `toString`.
 */
function linearPattern(source: string): { test: (text: string) => boolean; toString: () => string } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  return { test: (text) => compiled.matcher(text).find(), toString: () => source };
}
linearPattern.code = 'linearPattern';

/** Each schema is compiled once, whatever number of answers it is held against. */
const compiled = new WeakMap<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const ajv = new Ajv2020({
    code: { regExp: linearPattern },
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    logger: false,
  });
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}

/** Whether a text is JSON that fits a schema. One that cannot be held against it, such as one nested too deep, does not fit. */
export function fitsSchema(schema: object, text: string): boolean {
  try {
    return validatorOf(schema)(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Why a schema cannot be used: it is no JSON Schema (2020-12), refers to others, or uses `format`. Undefined for one that can. */
export function schemaProblem(schema: object): string | undefined {
  if ('$async' in schema) return 'schemas with $async are not supported';
  try {
    validatorOf(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
