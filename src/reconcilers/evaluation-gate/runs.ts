import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, textOf, type JsonObject } from '../../model/json.ts';
import type { Nominee, WriteContext } from '../../model/kind.ts';
import { targetDataSource } from '../shared/eval-rows.ts';
import { ensureRun as ensureRunWithKey } from '../shared/evals.ts';
import type { Row } from './items.ts';

export { ensureEvaluation, evalsAddress, findEvaluation, finishedRun, runItems } from '../shared/evals.ts';

export interface RunRequest {
  readonly endpoint: string;
  readonly evaluation: string;
  readonly nominee: Nominee;
  readonly rows: readonly Row[];
  readonly input: string;
  /** From 1. */
  readonly repeat: number;
  /** Runs that were made before do not count any more, because verdicts expire; milliseconds since 1970. */
  readonly since: number;
  /** Tells runs apart that must not count for each other. */
  readonly anew: string | undefined;
  /** Called when a new run is asked for. */
  readonly onStart: () => void;
}

/** What makes a run the same as another one: target, items, input and repeat. The evaluation stands for the graders. */
function runKey({ nominee, rows, input, repeat, anew }: RunRequest): string {
  const basis = {
    target: nominee.digest,
    kind: textOf(nominee.target, 'type'),
    rows: rows.map(({ content }) => content),
    input,
    repeat,
    ...(anew === undefined ? {} : { anew }),
  };
  return sha256(canonicalJson(basis)).slice(0, 48);
}

/** The run of a version: one that was started before and has not failed, else a new one, exactly one whatever answer is lost. */
export function ensureRun(context: WriteContext, request: RunRequest): Promise<JsonObject> {
  const { endpoint, evaluation, nominee, rows, input, repeat, since, onStart } = request;
  return ensureRunWithKey(context, {
    endpoint,
    evaluation,
    key: runKey(request),
    onStart,
    since,
    name: `${nominee.label}${repeat > 1 ? `, repeat ${repeat}` : ''}`,
    dataSource: targetDataSource(
      nominee.target,
      rows.map(({ item, content }) => ({ id: item.id, content })),
      input,
    ),
  });
}
