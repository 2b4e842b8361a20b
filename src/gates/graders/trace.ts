import { fill } from './local.ts';

/** Graders that look at how an answer came about. */
export const TRACE_GRADERS = [
  'latency',
  'tokens',
  'cost',
  'toolCallF1',
  'toolSequence',
  'toolArgsMatch',
  'stepCount',
] as const;

export type TraceGraderType = (typeof TRACE_GRADERS)[number];

export interface TraceGrader {
  readonly type: TraceGraderType;
  /** latency (milliseconds), tokens, cost and stepCount: most that passes. Without it everything passes. */
  readonly most?: number;
  /** Tools: JSON list of names, or of `{name, arguments}`; `{{item.x}}` is taken from the item. */
  readonly reference?: string;
  /** Tools: least score that passes. Default 1. */
  readonly passAt?: number;
  /** cost: price of a million tokens that go in, and that come out. */
  readonly inputPrice?: number;
  readonly outputPrice?: number;
}

export interface ToolCall {
  readonly name: string;
  /** Parsed; undefined where they are no JSON object. */
  readonly arguments: Readonly<Record<string, unknown>> | undefined;
}

/** Known facts about how an answer was produced; facts that a service does not return are absent. */
export interface Trace {
  readonly latencyMs?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly toolCalls: readonly ToolCall[];
}

/** The grade of an answer, or why there is none. */
export type TraceGrade = { readonly score: number; readonly passed: boolean } | { readonly missing: string };

export function gradeTrace(grader: TraceGrader, trace: Trace, item: Readonly<Record<string, unknown>>): TraceGrade {
  const { latencyMs, inputTokens, outputTokens, toolCalls } = trace;
  const atMost = (value: number | undefined, what: string): TraceGrade =>
    value === undefined
      ? { missing: `the service does not tell ${what}` }
      : { score: value, passed: value <= (grader.most ?? Infinity) };
  const tokens = inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
  switch (grader.type) {
    case 'latency':
      return atMost(latencyMs, 'how long an answer took');
    case 'tokens':
      return atMost(tokens, 'how many tokens an answer took');
    case 'cost':
      return atMost(
        tokens === undefined
          ? undefined
          : ((inputTokens ?? 0) * (grader.inputPrice ?? 0) + (outputTokens ?? 0) * (grader.outputPrice ?? 0)) / 1e6,
        'how many tokens an answer took',
      );
    case 'stepCount':
      return atMost(toolCalls.length, 'its steps');
    case 'toolCallF1':
    case 'toolSequence':
    case 'toolArgsMatch':
      return gradeTools(grader, toolCalls, expectedCalls(fill(grader.reference ?? '', item)));
  }
}

function gradeTools(
  grader: TraceGrader,
  calls: readonly ToolCall[],
  wanted: readonly ToolCall[] | undefined,
): TraceGrade {
  if (!wanted) return { missing: 'the item does not say which tools are expected' };
  const score =
    grader.type === 'toolCallF1'
      ? f1(
          calls.map(({ name }) => name),
          wanted.map(({ name }) => name),
        )
      : grader.type === 'toolSequence'
        ? Number(sameNames(calls, wanted))
        : argumentsScore(calls, wanted);
  return { score, passed: score >= (grader.passAt ?? 1) };
}

/** A JSON list of names or of calls; undefined where it is none. */
function expectedCalls(text: string): readonly ToolCall[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(callOf) : undefined;
  } catch {
    return undefined;
  }
}

function callOf(value: unknown): ToolCall {
  if (typeof value === 'string') return { name: value, arguments: undefined };
  const { name, arguments: given } = (value ?? {}) as { readonly name?: unknown; readonly arguments?: unknown };
  const own = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : undefined;
  return { name: typeof name === 'string' ? name : '', arguments: own };
}

/** Harmonic mean of precision and recall over names, each counted as often as it occurs. */
function f1(found: readonly string[], wanted: readonly string[]): number {
  if (found.length === 0 || wanted.length === 0) return found.length === wanted.length ? 1 : 0;
  const left = [...wanted];
  const common = found.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * common) / (found.length + wanted.length);
}

function sameNames(calls: readonly ToolCall[], wanted: readonly ToolCall[]): boolean {
  return calls.length === wanted.length && calls.every(({ name }, index) => name === wanted[index]?.name);
}

/** Share of expected calls that were made with all of the expected arguments. */
function argumentsScore(calls: readonly ToolCall[], wanted: readonly ToolCall[]): number {
  if (wanted.length === 0) return calls.length === 0 ? 1 : 0;
  const left = [...calls];
  const met = wanted.filter((one) => {
    const at = left.findIndex((call) => call.name === one.name && covers(call.arguments ?? {}, one.arguments ?? {}));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return met.length / wanted.length;
}

function covers(given: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(expected).every(([name, value]) => JSON.stringify(given[name]) === JSON.stringify(value));
}
