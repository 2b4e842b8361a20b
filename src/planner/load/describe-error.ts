import type { ErrorObject } from 'ajv';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { isWithin, valueAt, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { memberNames, schemaAt, type SpecSchema } from '../../model/schema.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { SourceDocument } from './parse-yaml.ts';
import { examplesOf } from './allowed.ts';
import { sentences } from './sentences.ts';
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
  return withoutNoise(errors).map((error) => describe(error, checked));
}

const COMPOSITE = new Set(['anyOf', 'oneOf']);

/** A failed alternative reports every branch: keep what is wrong inside the value, else one line for the alternative. */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter((error) => COMPOSITE.has(error.keyword));
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (error.keyword === 'if' || error.propertyName !== undefined) return false;
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

function describe(error: ErrorObject, { id, schema, source, value }: Checked): Diagnostic {
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
        at: source.locate(memberOf(path, name), 'key'),
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
    default:
      return problem('ING1013', `${field} ${sentence(error, schemaAt(schema, path))}`, {
        resource: id,
        at: error.keyword === 'propertyNames' ? source.locate(memberOf(path, params['propertyName']), 'key') : at,
        hint: hintFor(error, schemaAt(schema, path), valueAt(value, path)),
      });
  }
}

function memberOf(path: Pointer, name: unknown): Pointer {
  return `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function sentence({ keyword, params }: ErrorObject, schema: SpecSchema | undefined): string {
  const isAmbiguous = keyword === 'oneOf' && Array.isArray((params as { passingSchemas?: unknown }).passingSchemas);
  return sentences[keyword]?.({ params, schema: ownForm(schema), isAmbiguous }) ?? 'is not valid';
}

/** Where a keyword of an alternative failed, the pattern is in the branch. */
function ownForm(schema: SpecSchema | undefined): SpecSchema | undefined {
  const branch = [...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])].find((one) => one['x-form'] !== undefined);
  return schema && branch?.['x-form'] !== undefined && schema['x-form'] === undefined
    ? { ...schema, 'x-form': branch['x-form'] }
    : schema;
}

/** The next step: the value that was probably meant, an example, or what the field is for. */
function hintFor(error: ErrorObject, schema: SpecSchema | undefined, value: Json | undefined): string | undefined {
  const near = nearest(value, error.keyword === 'enum' ? error.params['allowedValues'] : valuesOf(schema));
  if (near !== undefined) return near;
  if (error.keyword === 'type' && error.params['type'] === 'string')
    return 'Put a value that looks like a number, true or false in quotes.';
  const examples = examplesOf(schema).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const example = examples.length > 0 ? `For example: ${examples.slice(0, 2).join(', ')}.` : undefined;
  const said = [error.keyword === 'enum' ? undefined : schema?.description, example].filter((one) => one !== undefined);
  return said.length > 0 ? said.join(' ') : undefined;
}

/** All values that a schema lists, in any of its branches. */
function valuesOf(schema: SpecSchema | undefined): readonly Json[] {
  if (!schema) return [];
  return [...(schema.enum ?? []), ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(valuesOf)];
}

/** The allowed value that was probably meant; the value itself is not shown. */
function nearest(value: Json | undefined, allowed: unknown): string | undefined {
  const words = Array.isArray(allowed) ? allowed.filter((one) => typeof one === 'string') : [];
  const near = typeof value === 'string' ? suggestion(value, words) : undefined;
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
