import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFoundry, type FoundryLab } from '../foundry/foundry-lab.ts';

let lab: FoundryLab;
beforeEach(async () => {
  lab = await startFoundry();
});
afterEach(() => lab.close());

interface Metric {
  readonly name: { readonly value: string };
  readonly unit: string;
  readonly timeseries: readonly {
    readonly metadatavalues: readonly { readonly value: string }[];
    readonly data: readonly { readonly total?: number }[];
  }[];
}

async function measured(names: string, filter?: string): Promise<readonly (readonly [string, string, number])[]> {
  const accounts = await lab.bench.get(`${lab.group}/Microsoft.CognitiveServices/accounts?api-version=2026-07-01`);
  const [{ id }] = accounts.body.value as [{ id: string }];
  const query = new URLSearchParams({
    'api-version': '2024-02-01',
    metricnames: names,
    interval: 'FULL',
    aggregation: 'total',
    ...(filter === undefined ? {} : { $filter: filter }),
  });
  const { status, body } = await lab.bench.get(`${id}/providers/Microsoft.Insights/metrics?${query.toString()}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body.value as Metric[]).flatMap(({ name, timeseries }) =>
    timeseries.map(
      ({ metadatavalues, data }) => [name.value, metadatavalues[0]?.value ?? '', data[0]?.total ?? 0] as const,
    ),
  );
}

describe('metrics of an account', () => {
  it('count calls and tokens of its models, however they are asked', async () => {
    const answers = [];
    for (const input of ['Hello', 'Hello again'])
      answers.push((await lab.open('POST', 'responses', { model: 'gpt-5-mini', input })).body);
    const chat = await lab.open('POST', 'chat/completions', {
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    const input =
      answers.reduce((sum, { usage }) => sum + Number(usage.input_tokens), 0) + Number(chat.body.usage.prompt_tokens);
    const output =
      answers.reduce((sum, { usage }) => sum + Number(usage.output_tokens), 0) +
      Number(chat.body.usage.completion_tokens);
    expect(await measured('ModelRequests', "StatusCode eq '*'")).toEqual([['ModelRequests', '200', 3]]);
    expect(await measured('InputTokens,OutputTokens,TotalTokens', "ModelDeploymentName eq '*'")).toEqual([
      ['InputTokens', 'gpt-5-mini', input],
      ['OutputTokens', 'gpt-5-mini', output],
      ['TotalTokens', 'gpt-5-mini', input + output],
    ]);
  });

  it('know other names without a series, and name those they know', async () => {
    expect(await measured('AzureOpenAIRequests')).toEqual([]);
    const accounts = await lab.bench.get(`${lab.group}/Microsoft.CognitiveServices/accounts?api-version=2026-07-01`);
    const [{ id }] = accounts.body.value as [{ id: string }];
    const { body } = await lab.bench.get(`${id}/providers/Microsoft.Insights/metricDefinitions?api-version=2024-02-01`);
    expect((body.value as { name: { value: string } }[]).map(({ name }) => name.value)).toEqual([
      'ModelRequests',
      'InputTokens',
      'OutputTokens',
      'TotalTokens',
      'TimeToResponse',
    ]);
  });
});
