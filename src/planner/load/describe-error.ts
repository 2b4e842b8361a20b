import type { ErrorObject } from 'ajv';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { isWithin, valueAt, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { memberNames, schemaAt, type SpecSchema } from '../../model/schema.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { SourceDocument } from './parse-yaml.ts';
import { didYouMean, suggestion } from './suggest.ts';

/** The document that was checked, its inlined schema and whom it describes. */
export interface Checked {
  readonly id: ResourceId;
  readonly schema: SpecSchema;
  readonly value: JsonObject;
  readonly source: Pick<SourceDocument, 'locate'>;
}

/** Schema errors as problems for people. Never shows a value: it might be a secret. */
export function describeErrors(errors: readonly ErrorObject[], checked: Checked): Diagnostic[] {
  const useful = withoutNoise(errors);
  return useful.map((error) => describe(error, errors, checked));
}

const COMPOSITE = new Set(['anyOf', 'oneOf']);

/** A failed alternative reports every branch: keep what is wrong inside the value, else one line for the alternative. */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter((error) => COMPOSITE.has(error.keyword));
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (error.keyword === 'if') return false;
    const path = pathOf(error);
    const deeper = errors.some(
      (other) => !COMPOSITE.has(other.keyword) && pathOf(other) !== path && isWithin(pathOf(other), path),
    );
    if (COMPOSITE.has(error.keyword)) return !deeper && once(seen, path);
    return !alternatives.some((alternative) => pathOf(alternative) === path) || isUnknownMember(error, errors);
  });
}

/** An unknown member is worth telling inside an alternative only where no branch would have accepted it as something else. */
function isUnknownMember(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword !== 'additionalProperties') return false;
  return !errors.some((other) => other.keyword === 'type' && pathOf(other) === pathOf(error));
}

function once(seen: Set<string>, path: string): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return true;
}

function pathOf(error: ErrorObject): Pointer {
  return error.instancePath as Pointer;
}

function describe(error: ErrorObject, all: readonly ErrorObject[], { id, schema, source, value }: Checked): Diagnostic {
  const path = pathOf(error);
  const field =
    path
      .replace(/^\/spec/, '')
      .slice(1)
      .replaceAll('/', '.') || 'spec';
  const at = source.locate(path);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      return problem('ING1011', `"${name}" is not a field of ${path === '' ? 'a manifest' : field}`, {
        resource: id,
        at: source.locate(`${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, 'key'),
        hint: didYouMean(name, memberNames(schemaAt(schema, path))),
      });
    }
    case 'required':
      return problem(
        'ING1012',
        `"${String(params['missingProperty'])}" is missing in ${path === '' ? 'the manifest' : field}`,
        {
          resource: id,
          at: source.locate(path, 'key'),
          hint: schemaAt(schema, `${path}/${String(params['missingProperty'])}`)?.description,
        },
      );
    case 'enum':
      return problem('ING1013', `${field} must be one of ${listed(params['allowedValues'])}`, {
        resource: id,
        at,
        hint: nearest(valueAt(value, path), params['allowedValues']),
      });
    case 'pattern':
      return problem('ING1013', `${field} must match ${textOr(params['pattern'], 'the pattern')}`, {
        resource: id,
        at,
        hint: schemaAt(schema, path)?.description,
      });
    case 'type':
      return problem('ING1013', `${field} must be ${article(params['type'])}`, {
        resource: id,
        at,
        hint: typeHint(params['type']),
      });
    case 'anyOf':
    case 'oneOf':
      return problem('ING1013', `${field} must be ${alternatives(all, path)}`, {
        resource: id,
        at,
        hint: schemaAt(schema, path)?.description,
      });
    default:
      return problem('ING1013', `${field} ${error.message ?? 'is not valid'}`, {
        resource: id,
        at,
        hint: schemaAt(schema, path)?.description,
      });
  }
}

/** The allowed value that was probably meant; the value itself is not shown. */
function nearest(value: Json | undefined, allowed: unknown): string | undefined {
  const words = Array.isArray(allowed) ? allowed.filter((one) => typeof one === 'string') : [];
  const near = typeof value === 'string' ? suggestion(value, words) : undefined;
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function listed(values: unknown): string {
  return Array.isArray(values)
    ? values.map((value) => JSON.stringify(value)).join(', ')
    : 'the values of the reference';
}

function article(type: unknown): string {
  const words: Record<string, string> = {
    integer: 'a whole number',
    number: 'a number',
    string: 'text',
    boolean: 'true or false',
    object: 'a mapping',
    array: 'a list',
    null: 'null',
  };
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => words[String(one)] ?? String(one)).join(' or ');
}

function typeHint(type: unknown): string | undefined {
  return type === 'string' ? 'Put a value that looks like a number, true or false in quotes.' : undefined;
}

/** What the branches of an alternative would have accepted, told by what they missed. */
function alternatives(errors: readonly ErrorObject[], path: Pointer): string {
  const wanted = errors
    .filter((error) => pathOf(error) === path)
    .flatMap((error): string[] => {
      if (error.keyword === 'type') return [article(error.params['type'])];
      if (error.keyword === 'required') return [`a mapping with ${String(error.params['missingProperty'])}`];
      return [];
    });
  const distinct = [...new Set(wanted)].filter(
    (one, _, list) => one !== 'a mapping' || !list.some((other) => other.startsWith('a mapping with')),
  );
  return distinct.length > 0 ? distinct.join(', or ') : 'one of the forms that the reference describes';
}
