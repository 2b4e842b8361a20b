import type { Json } from '../../model/json.ts';
import { inline } from '../render/value.ts';
import { styled, type Line } from '../text.ts';
import { fieldsOf, factsOf, type FieldFacts } from './facts.ts';
import { isShared, type Subject } from './subject.ts';

/** A kind or field as lines: what it is, what it allows, and the fields below it with type and default. */
export function subjectLines(subject: Subject, example: Json | undefined): Line[] {
  const { path, schema, kind } = subject;
  const head = path.length === 1 && kind ? kindHead(kind) : fieldHead(subject, example);
  return [...head, ...fieldLines(fieldsOf(schema), path.length === 1 && kind !== undefined)];
}

function kindHead(kind: NonNullable<Subject['kind']>): Line[] {
  const title = styled('title', kind.kind);
  if ('place' in kind) return [[title, `  ${kind.place}`], [], [kind.schema.description ?? ''], []];
  const outputs = Object.entries(kind.outputs).map(([name, text]): Line => ['  ', styled('strong', name), `  ${text}`]);
  return [
    [title, `  ${kind.azureType}${kind.apiVersion === '' ? '' : ` ${kind.apiVersion}`}`],
    [],
    [kind.schema.description ?? ''],
    [],
    [styled('title', 'Outputs for valueFrom')],
    ...outputs,
    [],
  ];
}

function fieldHead({ path, schema, parent }: Subject, example: Json | undefined): Line[] {
  const facts = factsOf(path.at(-1) ?? '', schema, parent);
  const given = facts.enum ? undefined : facts.examples;
  const shown = given ?? (example === undefined || facts.secret ? [] : [example]);
  return [
    [styled('title', path.join('.')), `  ${facts.type}${facts.required ? ', required' : ''}`],
    [],
    [facts.description ?? ''],
    ...factLines(facts),
    ...(shown.length > 0 ? [[`Example: ${shown.map(plain).join(', ')}`] as Line] : []),
    [],
  ];
}

/** One line for each fact; nothing for what the schema does not say. */
function factLines(facts: FieldFacts): Line[] {
  const { immutable, unit, limits, form, pattern, refersTo } = facts;
  const lines: (string | undefined | false)[] = [
    facts.enum && `One of: ${facts.enum.map(inline).join(', ')}`,
    form !== undefined && `Form: ${form}`,
    pattern !== undefined && `Pattern: ${pattern}`,
    limits && `Limits: ${limits.join(', ')}`,
    unit !== undefined && `Unit: ${unit}`,
    facts.default !== undefined && `Default: ${inline(facts.default)}`,
    refersTo !== undefined && `Names ${refersTo}.`,
    facts.readsFile && 'A path relative to the manifest; the content of the file is used.',
    immutable === true && 'Immutable: a change replaces the resource.',
    immutable === 'once-set' && 'Immutable once it is set: a change then replaces the resource.',
    facts.secret && 'Secret: given by reference, never shown, not compared.',
  ];
  return lines.filter((line) => typeof line === 'string').map((line): Line => [line]);
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fieldLines(fields: ReturnType<typeof fieldsOf>, isKind: boolean): Line[] {
  if (fields.length === 0) return [];
  const [own, common] = [
    fields.filter(([name]) => !isKind || !isShared(name)),
    fields.filter(([name]) => isKind && isShared(name)),
  ];
  const width = Math.max(...fields.map(([name]) => name.length));
  const row = ([name, facts]: readonly [string, FieldFacts]): Line => [
    '  ',
    styled('strong', name.padEnd(width)),
    facts.required ? ' * ' : '   ',
    `(${facts.type}${facts.default === undefined ? '' : `, default ${inline(facts.default)}`}) ${facts.description ?? ''}`,
  ];
  const shared: Line[] = common.length > 0 ? [[], [styled('title', 'Fields of every kind')], ...common.map(row)] : [];
  return [
    ...(own.length > 0 ? [[styled('title', 'Fields'), ' (* required)'] as Line] : []),
    ...own.map(row),
    ...shared,
  ];
}
