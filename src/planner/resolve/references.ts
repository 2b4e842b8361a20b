import { withArticle } from '../../model/english.ts';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import type { Reference } from '../../model/graph.ts';
import { isArray, isObject, pointer, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { isValueFrom } from '../../model/manifest.ts';
import { isResourceId, kindOf, nameOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { isWord, memberSchema, type SpecSchema } from '../../model/schema.ts';
import { didYouMean } from '../load/suggest.ts';

/** What a field may refer to. */
export interface Declared {
  /** Every declared resource, also one whose document has errors. */
  readonly ids: ReadonlySet<ResourceId>;
  readonly named: (name: string) => readonly ResourceId[];
  /** Undefined for a resource whose document has errors. */
  readonly definitionOf: (id: ResourceId) => KindDefinition | undefined;
}

interface Context {
  readonly id: ResourceId;
  readonly declared: Declared;
  readonly positionOf: (field: Pointer) => SourcePosition;
  readonly diagnostics: Diagnostic[];
  readonly references: Reference[];
}

/**
 * Finds what a spec refers to, by the schema's `x-ref` and by `valueFrom`. Returns the spec with references that may
 * name several kinds spelled in full, and all references found.
 */
export function resolveReferences(
  spec: JsonObject,
  schema: SpecSchema,
  context: Omit<Context, 'references'>,
): { spec: JsonObject; references: Reference[] } {
  const references: Reference[] = [];
  const resolved = resolveValue(spec, schema, '', { ...context, references });
  return { spec: isObject(resolved) ? resolved : {}, references };
}

function resolveValue(value: Json, schema: SpecSchema | undefined, field: Pointer, context: Context): Json {
  if (isValueFrom(value)) return resolveOutput(value, field, context);
  if (isArray(value))
    return value.map((item, index) => resolveValue(item, schema?.items, pointer(field, index), context));
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, item]): [string, Json] => {
      return [name, resolveValue(item, schema && memberSchema(schema, name), pointer(field, name), context)];
    });
    return Object.fromEntries(members);
  }
  const target = schema?.['x-ref'];
  if (target === undefined || typeof value !== 'string' || isWord(value, schema)) return value;
  return resolveName(value, target, schema ?? {}, field, context);
}

function resolveOutput(
  value: JsonObject & { valueFrom: { kind: string; name: string; output: string } },
  field: Pointer,
  context: Context,
): Json {
  const { kind, name, output } = value.valueFrom;
  const to = resourceId(kind, name);
  const at = context.positionOf(field);
  if (!context.declared.ids.has(to)) {
    context.diagnostics.push(missing(to, context, at));
    return value;
  }
  const known = context.declared.definitionOf(to)?.outputs;
  if (known && !Object.hasOwn(known, output) && !Object.hasOwn(known, '*')) {
    const hint = didYouMean(output, Object.keys(known));
    context.diagnostics.push(problem('ING2004', `${to} has no output "${output}"`, { at, resource: context.id, hint }));
  }
  context.references.push({ to, field, type: 'value' });
  return value;
}

/** A full Azure resource id: something that lives outside of this environment. */
function isForeignId(text: string): boolean {
  return text.startsWith('/subscriptions/');
}

function resolveName(
  text: string,
  target: string | readonly string[],
  schema: SpecSchema,
  field: Pointer,
  context: Context,
): string {
  const parent = schema['x-parent'] === true;
  if (isForeignId(text) && !parent) return text;
  const kinds = typeof target === 'string' ? (target === '*' ? undefined : [target]) : target;
  const candidates = isResourceId(text) && context.declared.ids.has(text) ? [text] : context.declared.named(text);
  const found = candidates.filter((id) => kinds === undefined || kinds.includes(kindOf(id)));
  const at = context.positionOf(field);
  const [to, second] = found;
  if (to === undefined && schema['x-ref-optional']) return text;
  if (to === undefined) {
    context.diagnostics.push(missing(text, context, at, kinds));
    return text;
  }
  if (second !== undefined) {
    const hint = `Write ${found.map((id) => `"${id}"`).join(' or ')}.`;
    context.diagnostics.push(
      problem('ING2002', `"${text}" could be ${found.join(' or ')}`, { at, resource: context.id, hint }),
    );
    return text;
  }
  context.references.push({ to, field, type: parent ? 'parent' : schema['x-guards'] ? 'guard' : 'reference' });
  return kinds?.length === 1 ? nameOf(to) : to;
}

function missing(text: string, context: Context, at: SourcePosition, kinds?: readonly string[]): Diagnostic {
  const allowed = [...context.declared.ids].filter((id) => kinds === undefined || kinds.includes(kindOf(id)));
  const what = isResourceId(text) ? text : `${withArticle(kinds?.join(' or ') ?? 'resource')} named "${text}"`;
  const hint = didYouMean(text, isResourceId(text) ? allowed : allowed.map(nameOf));
  const none = kinds && allowed.length === 0 ? `This environment declares no ${kinds.join(' or ')}.` : undefined;
  return problem('ING2001', `${context.id} refers to ${what}, which does not exist`, {
    at,
    resource: context.id,
    hint: hint ?? none,
  });
}
