import type { KindDefinition } from '../../model/kind.ts';
import { steeringKinds, type SteeringKind } from '../../model/promotion/documents.ts';
import { problems, type ProblemCode } from '../../model/problems.ts';
import { risks, type RiskId } from '../../model/risks.ts';
import { inlineSchema, memberNames, memberSchema, type SpecSchema } from '../../model/schema.ts';
import { didYouMean } from '../../planner/load/suggest.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { inline } from '../render/value.ts';
import { styled, type Line } from '../text.ts';

/** Describes a kind, a field of one (`Kind.field.field`), or a code; lists the kinds without a subject. */
export async function explain(io: Io, _options: GlobalOptions, subject: string | undefined): Promise<number> {
  const lines = subject === undefined ? kindList() : (explainCode(subject.toUpperCase()) ?? explainKind(subject));
  if (Array.isArray(lines)) {
    io.print(...lines);
    return exitCodes.ok;
  }
  const known = [...registry.keys(), ...steeringKinds.keys(), ...Object.keys(problems), ...Object.keys(risks)];
  io.say(
    [styled('error', `There is nothing named "${subject ?? ''}" to explain.`)],
    [didYouMean(subject ?? '', known) ?? '`ingate explain` lists the kinds.'],
  );
  return exitCodes.usage;
}

function kindList(): Line[] {
  const all = [...registry.values(), ...steeringKinds.values()];
  const width = Math.max(...all.map(({ kind }) => kind.length));
  return all
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    .map((kind) => [styled('strong', kind.kind.padEnd(width)), `  ${firstSentence(kind.schema.description)}`]);
}

function firstSentence(text = ''): string {
  return `${text.split(/[.:] /, 1)[0]?.replace(/\.$/, '') ?? ''}.`;
}

function explainCode(code: string): Line[] | undefined {
  if (Object.hasOwn(problems, code)) {
    const { title, cause, remedy } = problems[code as ProblemCode];
    return [[styled('title', `${code} ${title}`)], [], [cause], [], [remedy]];
  }
  if (!Object.hasOwn(risks, code)) return undefined;
  const { title, why } = risks[code as RiskId];
  return [[styled('title', `${code} ${title}`)], [], [why]];
}

function explainKind(subject: string): Line[] | undefined {
  const [name = '', ...path] = subject.split('.');
  const isNamed = (one: { readonly kind: string }): boolean => one.kind.toLowerCase() === name.toLowerCase();
  const kind = [...registry.values()].find(isNamed) ?? [...steeringKinds.values()].find(isNamed);
  if (!kind) return undefined;
  const steps = path[0] === 'spec' ? path.slice(1) : path;
  const found = steps.reduce<SpecSchema | undefined>((schema, step) => {
    const inner = schema?.items ?? schema;
    return inner && memberSchema(inner, step);
  }, inlineSchema(kind.schema));
  if (!found) return undefined;
  return steps.length === 0
    ? [...kindLines(kind), ...fieldList(found)]
    : [...fieldLines([kind.kind, ...steps].join('.'), found), ...fieldList(found.items ?? found)];
}

function kindLines(kind: KindDefinition | SteeringKind): Line[] {
  if ('place' in kind)
    return [[styled('title', kind.kind), `  ${kind.place}`], [], [kind.schema.description ?? ''], []];
  const outputs = Object.entries(kind.outputs).map(([name, text]): Line => ['  ', styled('strong', name), `  ${text}`]);
  const version = kind.apiVersion === '' ? '' : ` ${kind.apiVersion}`;
  return [
    [styled('title', kind.kind), `  ${kind.azureType}${version}`],
    [],
    [kind.schema.description ?? ''],
    [],
    [styled('title', 'Outputs for valueFrom')],
    ...outputs,
    [],
  ];
}

function fieldLines(path: string, schema: SpecSchema): Line[] {
  return [[styled('title', path), `  ${typeOf(schema)}`], [], [schema.description ?? ''], ...factLines(schema), []];
}

function factLines(schema: SpecSchema): Line[] {
  const target = schema['x-ref'];
  return [
    ...(schema.enum ? [[`One of: ${schema.enum.map((value) => inline(value)).join(', ')}`] as Line] : []),
    ...(schema.default === undefined ? [] : [[`Default: ${inline(schema.default)}`] as Line]),
    ...(target === undefined
      ? []
      : [
          [
            `Names a ${typeof target === 'string' ? (target === '*' ? 'resource of any kind' : target) : target.join(' or ')}.`,
          ] as Line,
        ]),
    ...(schema['x-immutable'] ? [['Azure cannot change it: a change replaces the resource.'] as Line] : []),
    ...(schema['x-secret'] ? [['Secret: given by reference, never shown, not compared.'] as Line] : []),
  ];
}

function fieldList(schema: SpecSchema): Line[] {
  const names = memberNames(schema);
  if (names.length === 0) return [];
  const width = Math.max(...names.map((name) => name.length));
  const required = new Set(schema.required ?? []);
  const rows = names.map((name): Line => {
    const field = memberSchema(schema, name);
    return ['  ', styled('strong', name.padEnd(width)), required.has(name) ? ' * ' : '   ', field?.description ?? ''];
  });
  return [[styled('title', 'Fields'), ' (* required)'], ...rows];
}

export function typeOf(schema: SpecSchema): string {
  if (schema.enum) return 'one of a list';
  if (schema.anyOf ?? schema.oneOf)
    return [...new Set([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'values'}`;
  return typeof schema.type === 'string' ? schema.type : 'any';
}
