import { describe, expect, it } from 'vitest';
import type { AzureReads } from '../../src/model/azure.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { EnvironmentScope, Prospect } from '../../src/model/kind.ts';
import { checkModels } from '../../src/reconcilers/model-deployment/preflight.ts';

const SCOPE = { subscriptionId: 's', location: 'swedencentral' } as EnvironmentScope;
const MODEL = { format: 'OpenAI', name: 'gpt-x', version: '1' };
const DAY = 86_400_000;
const RETIRES = Date.UTC(2026, 9, 14);

function offered(lifecycleStatus: string, ...dates: readonly (string | undefined)[]): JsonObject {
  const skus = dates.map((date, index) => ({
    name: 'Standard',
    usageName: `OpenAI.Standard.gpt-x${index === 0 ? '' : '-finetune'}`,
    ...(date === undefined ? {} : { deprecationDate: date }),
  }));
  return { kind: 'AIServices', model: { ...MODEL, lifecycleStatus, skus } };
}

async function told(action: 'create' | 'update' | 'replace', model: JsonObject, now: number): Promise<string[]> {
  const reader = {
    list: ({ path }: { path: string }) => Promise.resolve(path.endsWith('/models') ? [model] : []),
  } as unknown as AzureReads;
  const prospect = {
    change: { id: 'ModelDeployment/chat', action, before: {} },
    site: { spec: { model: MODEL, sku: { name: 'Standard', capacity: 1 } } },
  } as unknown as Prospect;
  const found = await checkModels(reader, [prospect], SCOPE, new Date(now));
  return found.map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

describe('a model that retires on 2026-10-14', () => {
  const model = offered('GenerallyAvailable', '2026-10-14T00:00:00Z');
  const gone = 'ING3012 Azure retired gpt-x 1 as Standard on 2026-10-14';
  const going = 'warning ING3012 Azure retires gpt-x 1 as Standard on 2026-10-14';

  it.each([
    ['create', -91, []],
    ['create', -89, [going]],
    ['update', -1, [going]],
    ['create', 0, [`error ${gone}`]],
    ['replace', 48, [`error ${gone}`]],
    ['update', 48, [`warning ${gone}`]],
  ] as const)('%s, %i days after that', async (action, days, expected) => {
    expect(await told(action, model, RETIRES + days * DAY)).toEqual(expected);
  });
});

describe('a retirement', () => {
  it('is the latest date of SKUs of the same name, and a lifecycle alone is none', async () => {
    const twice = offered('Deprecating', '2026-10-14T00:00:00Z', '2027-10-14T00:00:00Z');
    expect(await told('create', twice, RETIRES)).toEqual([]);
    expect(await told('create', offered('Deprecated', undefined), RETIRES)).toEqual([]);
  });
});
