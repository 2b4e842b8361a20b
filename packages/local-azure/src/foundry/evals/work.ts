import { textAt, type JsonObject } from '../../engine/json.ts';
import { assetsOf } from '../shared/assets.ts';
import { newId } from '../shared/project-documents.ts';
import { requireDeployment } from '../models/deployment.ts';
import type { FoundryCall } from '../shared/route.ts';
import { gradeRow, type Graders } from './graders/grade.ts';
import { showGrade, type Grade } from './graders/result.ts';
import type { Row } from './rows.ts';
import { sampleFor } from './sample.ts';
import { itemCollection, runCollection, type Eval, type EvalRun, type OutputItem } from './store.ts';

/** Answers and grades all rows of a run, one after the other, and keeps what came out. Never rejects. */
export async function workOff(call: FoundryCall, evaluation: Eval, run: EvalRun, rows: readonly Row[]): Promise<void> {
  const { engine, project } = call;
  const graders = gradersFor(call);
  const items: OutputItem[] = [];
  for (const [number, row] of rows.entries()) items.push(await workOffRow(call, graders, evaluation, run, row, number));
  engine.database.transaction(() => {
    const runs = runCollection(project, evaluation.id);
    const current = runs.get(engine.documents, run.id);
    if (!current) return;
    const collection = itemCollection(project, evaluation.id, run.id);
    for (const item of items) collection.put(engine.documents, item.id, item);
    runs.put(engine.documents, run.id, { ...current, isComputed: true });
  });
}

function gradersFor({ engine, project, account }: FoundryCall): Graders {
  const evaluators = assetsOf(engine, project, 'evaluators');
  return {
    models: engine.models,
    evaluator: (name, version) =>
      version === undefined ? evaluators.versions(name).at(-1) : evaluators.find(name, version),
    requireModel: (deployment) => void requireDeployment(engine, account, deployment),
  };
}

async function workOffRow(
  call: FoundryCall,
  graders: Graders,
  evaluation: Eval,
  run: EvalRun,
  { item, sample: given }: Row,
  number: number,
): Promise<OutputItem> {
  const { sample, problem } = await answered(call, run.dataSource, item, given);
  const grades: Grade[] = [];
  for (const criterion of evaluation.testingCriteria) {
    grades.push(
      problem === undefined
        ? await gradeRow(graders, criterion, { item, sample: sample ?? {} })
        : { ...failedBy(criterion), error: { code: 'FAILED_EXECUTION', message: problem } },
    );
  }
  return {
    id: newId(call.engine, 'outputitem_').slice(0, 43),
    number,
    created: call.engine.clock.now(),
    item,
    results: grades.map(showGrade),
    sample: problem === undefined ? (sample ?? null) : { error: { code: 'FAILED_EXECUTION', message: problem } },
    outcome: outcomeOf(grades),
  };
}

function failedBy(criterion: JsonObject): Pick<Grade, 'name' | 'type' | 'passed'> {
  return { name: textAt(criterion, 'name') ?? '', type: textAt(criterion, 'type') ?? '', passed: undefined };
}

async function answered(
  call: FoundryCall,
  dataSource: JsonObject,
  item: JsonObject,
  given: JsonObject | undefined,
): Promise<{ readonly sample?: JsonObject | undefined; readonly problem?: string }> {
  const asks = dataSource['target'] !== undefined || dataSource['model'] !== undefined;
  if (given || !asks) return { sample: given };
  try {
    return { sample: await sampleFor(call, dataSource, item) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Passed when all criteria passed; errored when any has no result. */
function outcomeOf(grades: readonly Grade[]): OutputItem['outcome'] {
  if (grades.some(({ passed }) => passed === undefined)) return 'errored';
  return grades.every(({ passed }) => passed === true) ? 'passed' : 'failed';
}
