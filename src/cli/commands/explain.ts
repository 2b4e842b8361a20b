import { isObject, valueAt, type Json, type Pointer } from '../../model/json.ts';
import { problems, type ProblemCode } from '../../model/problems.ts';
import { risks, type RiskId } from '../../model/risks.ts';
import { didYouMean } from '../../planner/load/suggest.ts';
import { exampleOf } from '../../reconcilers/examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { factsOf, fieldsOf } from '../explain/facts.ts';
import { subjectLines } from '../explain/lines.ts';
import { rows } from '../explain/rows.ts';
import { allKinds, findSubject, firstNames, type Subject, type Unknown } from '../explain/subject.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { jsonText, styled, type Line } from '../text.ts';

export interface ExplainOptions extends GlobalOptions {
  readonly output?: string;
  /** Print a manifest of the kind instead of its description. */
  readonly example?: boolean;
}

/** A description in both of its forms. */
interface Explained {
  readonly lines: readonly Line[];
  readonly document: Json;
}

/** Describes a kind, a field (`Kind.field.field`), or a code; lists the kinds without a subject. */
export async function explain(io: Io, options: ExplainOptions, subject: string | undefined): Promise<number> {
  const found = subject === undefined ? kindList() : explained(subject, options.example === true);
  if ('known' in found) {
    const where = found.within === undefined ? '' : ` in ${found.within}`;
    io.say(
      [styled('error', `There is nothing named "${found.name}"${where} to explain.`)],
      [didYouMean(found.name, found.known) ?? '`ingate explain` lists the kinds, `ingate explain KIND` their fields.'],
    );
    return exitCodes.usage;
  }
  if (options.output === 'json') io.write(`${jsonText(found.document, 2)}\n`);
  else io.print(...found.lines);
  return exitCodes.ok;
}

function explained(text: string, wantsExample: boolean): Explained | Unknown {
  const code = explainCode(text.toUpperCase());
  if (code) return code;
  const subject = findSubject(text);
  if ('known' in subject) return { ...subject, known: withCodes(subject) };
  if (wantsExample) return exampleFor(subject);
  return { lines: subjectLines(subject, exampleValue(subject)), document: documentOf(subject) };
}

function withCodes({ known, within }: Unknown): readonly string[] {
  return within === undefined ? [...firstNames, ...Object.keys(problems), ...Object.keys(risks)] : known;
}

function kindList(): Explained {
  const width = Math.max(...allKinds.map(({ kind }) => kind.length));
  const groups = Object.entries(rows).map(([row, kinds]) => ({
    row,
    kinds: kinds.flatMap((name) => {
      const kind = allKinds.find((one) => one.kind === name);
      return kind ? [{ kind: kind.kind, description: firstSentence(kind.schema.description) }] : [];
    }),
  }));
  const lines = groups.flatMap(({ row, kinds }, index): Line[] => [
    ...(index === 0 ? [] : [[]]),
    [styled('title', row)],
    ...kinds.map(({ kind, description }): Line => ['  ', styled('strong', kind.padEnd(width)), `  ${description}`]),
  ]);
  return { lines, document: { rows: groups } };
}

function firstSentence(text = ''): string {
  return `${text.split(/[.:] /, 1)[0]?.replace(/\.$/, '') ?? ''}.`;
}

function explainCode(code: string): Explained | undefined {
  if (Object.hasOwn(problems, code)) {
    const { title, cause, remedy, exit } = problems[code as ProblemCode];
    const ends = `Exit code ${exitCodes[exit]} (${exit}).`;
    return {
      lines: [[styled('title', `${code} ${title}`)], [], [cause], [], [remedy], [], [ends]],
      document: { code, title, cause, remedy, exit, exitCode: exitCodes[exit] },
    };
  }
  if (!Object.hasOwn(risks, code)) return undefined;
  const { title, why } = risks[code as RiskId];
  return { lines: [[styled('title', `${code} ${title}`)], [], [why]], document: { code, title, why } };
}

function documentOf(subject: Subject): Json {
  const { path, schema, parent, kind } = subject;
  const example = exampleValue(subject);
  const outputs = path.length === 1 && kind && 'outputs' in kind ? { outputs: { ...kind.outputs } } : {};
  const fields = fieldsOf(schema).map(([name, facts]) => ({ name, ...facts }));
  const facts = factsOf(path.at(-1) ?? '', schema, parent);
  return JSON.parse(
    JSON.stringify({
      path: path.join('.'),
      ...facts,
      ...(example === undefined ? {} : { example }),
      ...outputs,
      fields,
    }),
  ) as Json;
}

/** The value that the full example of the kind has there; of a list its first item. */
function exampleValue({ path, kind, schema }: Subject): Json | undefined {
  const [, ...steps] = path;
  if (!kind || steps.length === 0 || schema['x-secret']) return undefined;
  const whole = exampleOf(kind.kind)?.value;
  return steps.reduce<Json | undefined>(
    (value, step) => {
      const inner = Array.isArray(value)
        ? (value as readonly Json[]).find((one) => isObject(one) && Object.hasOwn(one, step))
        : value;
      return inner === undefined ? undefined : valueAt(inner, `/${step}` as Pointer);
    },
    steps[0] === 'metadata' ? whole : valueAt(whole, '/spec'),
  );
}

function exampleFor({ kind, path }: Subject): Explained | Unknown {
  const example = kind && exampleOf(kind.kind);
  if (!kind || !example) return { name: `${path.join('.')} --example`, known: [] };
  return {
    lines: example.text
      .trimEnd()
      .split('\n')
      .map((line): Line => [line]),
    document: example.value,
  };
}
