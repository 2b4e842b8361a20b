import { expect } from 'vitest';
import type { Clock } from '../../src/index.ts';
import type { Answer } from '../support/client.ts';
import type { FoundryLab } from './foundry-lab.ts';

/** How long runs take in tests of evaluations. */
export const DURATION = 60_000;

export const itemConfig = {
  type: 'custom',
  item_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  include_sample_schema: true,
};

/** Hands to work with the evaluations of a lab, whose clock is virtual and whose runs take DURATION. */
export interface Evaluating {
  /** The id of a new evaluation. */
  createEval(criteria: readonly object[], change?: object): Promise<string>;
  startRun(evaluation: string, dataSource: object): Promise<Answer>;
  /** Starts a run, lets it end, and returns it with its items. */
  run(evaluation: string, dataSource: object): Promise<{ readonly run: Body; readonly items: Body[] }>;
  /** The one result of a row for one criterion. */
  grade(criterion: object, item: object): Promise<Body>;
}

type Body = Answer['body'];

/** A data source of rows that are in the request. */
export function rows(...items: readonly object[]): object {
  return { type: 'jsonl', source: { type: 'file_content', content: items.map((item) => ({ item })) } };
}

/** A criterion of a built-in evaluator, judged by the lab's deployment. */
export function builtin(name: string, parameters: object = { deployment_name: 'gpt-5-mini' }): object {
  return {
    type: 'azure_ai_evaluator',
    name,
    evaluator_name: `builtin.${name}`,
    initialization_parameters: parameters,
  };
}

export function evaluating(lab: FoundryLab, clock: Clock): Evaluating {
  const createEval: Evaluating['createEval'] = async (criteria, change = {}) => {
    const { status, body } = await lab.open('POST', 'evals', {
      name: 'quality',
      data_source_config: itemConfig,
      testing_criteria: criteria,
      ...change,
    });
    expect([status, body.error]).toEqual([201, undefined]);
    return body.id;
  };
  const startRun: Evaluating['startRun'] = (evaluation, dataSource) =>
    lab.open('POST', `evals/${evaluation}/runs`, { data_source: dataSource });
  const run: Evaluating['run'] = async (evaluation, dataSource) => {
    const { status, body } = await startRun(evaluation, dataSource);
    expect([status, body.error]).toEqual([201, null]);
    clock.advance(DURATION);
    const path = `evals/${evaluation}/runs/${body.id}`;
    return {
      run: (await lab.open('GET', path)).body,
      items: (await lab.open('GET', `${path}/output_items`)).body.data,
    };
  };
  const grade: Evaluating['grade'] = async (criterion, item) => {
    const { items } = await run(await createEval([criterion]), rows({ query: 'q', ...item }));
    return items[0].results[0];
  };
  return { createEval, startRun, run, grade };
}
