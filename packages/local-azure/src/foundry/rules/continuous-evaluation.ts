import { member, objectAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import { ruleCollection } from './evaluation-rules.ts';
import { startRun } from '../evals/run-create.ts';
import { evalCollection } from '../evals/store.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall } from '../shared/route.ts';

/** State of a rule: responses seen, and when it started runs (milliseconds of the clock). */
interface RuleState {
  readonly seen: number;
  readonly runs: readonly number[];
}

const HOUR = 3_600_000;
const DEFAULT_RUNS = 100;

/**
 * Applies the enabled rules of an agent to a response that it completed: every n-th one is evaluated, at most so many
 * an hour.
 */
export async function evaluateResponse(call: FoundryCall, agent: string, response: string): Promise<void> {
  const { engine, project } = call;
  const rules = ruleCollection(project)
    .list(engine.documents)
    .filter((rule) => member(rule, 'enabled') === true && textAt(rule, 'eventType') === 'responseCompleted')
    .filter((rule) => textAt(rule, 'action.type') === 'continuousEvaluation')
    .filter((rule) => sameText(textAt(rule, 'filter.agentName') ?? agent, agent));
  for (const rule of rules) await applyRule(call, rule, response).catch(ignoreRefusal);
}

/** An answer stays an answer when it cannot be evaluated. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof FoundryError)) throw error;
}

async function applyRule(call: FoundryCall, rule: JsonObject, response: string): Promise<void> {
  const { engine, project } = call;
  const id = textAt(rule, 'id') ?? '';
  const action = objectAt(rule, 'action');
  const now = engine.clock.now();
  const states = projectCollection<RuleState>(project, 'evaluation-rule-states');
  const before = states.get(engine.documents, id) ?? { seen: 0, runs: [] };
  const recent = before.runs.filter((time) => time > now - HOUR);
  const rate = Number(member(action, 'samplingRate') ?? 100) / 100;
  const isChosen = Math.floor((before.seen + 1) * rate) > Math.floor(before.seen * rate);
  const isFree = recent.length < Number(member(action, 'maxHourlyRuns') ?? DEFAULT_RUNS);
  const evaluation = evalCollection(project).get(engine.documents, textAt(action, 'evalId') ?? '');
  const runs = isChosen && isFree && evaluation;
  states.put(engine.documents, id, { seen: before.seen + 1, runs: runs ? [...recent, now] : recent });
  if (!runs) return;
  await startRun({ ...call, directives: {} }, evaluation, {
    name: `${id} ${response}`,
    data_source: {
      type: 'azure_ai_responses',
      event_configuration_id: id,
      item_generation_params: {
        type: 'response_retrieval',
        max_num_turns: 1,
        data_mapping: { response_id: '{{item.resp_id}}' },
        source: { type: 'file_content', content: [{ item: { resp_id: response } }] },
      },
    },
  });
}
