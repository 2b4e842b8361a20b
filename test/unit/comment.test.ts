import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeComment, type Reviewed } from '../../src/cli/render/comment.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import type { ResourceId } from '../../src/model/resource-id.ts';

function planOf(environment: string, changes: readonly Change[]): Plan {
  return {
    format: 1,
    tool: 'ingate/0',
    environment: { name: environment, cloud: 'local', subscriptionId: '', resourceGroup: 'rg', location: 'westeurope' },
    head: { commit: null, dirty: false },
    base: null,
    baseMissing: null,
    prune: true,
    changes,
    leftovers: [],
    basedOn: {},
    warnings: [],
    refusals: [],
    digest: 'd'.repeat(64),
  };
}

const step = { azureType: 'Microsoft.Storage/storageAccounts', address: null, dependsOn: [], risk: [], unchecked: [] };
const deletion = (name: string): Change => ({
  ...step,
  id: `StorageAccount/${name}` as ResourceId,
  action: 'delete',
  before: {},
  removeAfter: [],
});
const creation = (name: string, text: string): Change => ({
  ...step,
  id: `Agent/${name}` as ResourceId,
  action: 'create',
  after: { definition: { instructions: text } },
});

const change = fc.oneof(
  { weight: 2, arbitrary: fc.nat(99_999).map((n) => deletion(`gone-${n}`)) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(99_999), fc.string({ maxLength: 400 })).map(([n, text]) => creation(`new-${n}`, text)),
  },
);
const reviewed = fc
  .array(fc.tuple(fc.constantFrom('dev', 'qa', 'prod'), fc.array(change, { maxLength: 80 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => list.map(([name, changes]): Reviewed => ({ plan: planOf(name, changes) })));

const destroyed = (list: readonly Reviewed[]): string[] =>
  list.flatMap((one) =>
    'plan' in one ? one.plan.changes.filter(({ action }) => action === 'delete').map(({ id }) => id) : [],
  );

describe('the comment of a pull request', () => {
  it('keeps to its budget, and never loses what is destroyed: it is named, or the first line says that it is not', () => {
    fc.assert(
      fc.property(reviewed, fc.integer({ min: 1200, max: 70_000 }), (list, budget) => {
        const { text, overflow } = composeComment(list, budget);
        expect(text.length).toBeLessThanOrEqual(budget);
        const gone = destroyed(list);
        const unnamed = gone.filter((id) => !text.includes(id));
        expect(overflow || unnamed.length === 0).toBe(true);
        expect(!overflow || text.startsWith(`## ingate: ${gone.length} resources would be destroyed`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out the details of what is least risky first', () => {
    const long = 'x'.repeat(3000);
    const safe = { plan: planOf('dev', [creation('a', long)]) };
    const risky = { plan: planOf('prod', [creation('b', long), deletion('data')]) };
    const whole = composeComment([safe, risky], 70_000);
    expect(whole.withoutDetails).toEqual([]);
    const tight = composeComment([safe, risky], whole.text.length - 100);
    expect(tight.withoutDetails).toEqual(['dev']);
    expect(tight.text).toContain('StorageAccount/data');
  });

  it('is not left by any text: fences, tags, comments, mentions', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '```\n</details><img src=x>',
        '<!-- -->',
        '@octocat #1',
        '| a |',
        '`x`',
        '::error::x',
        '\u202Eabc',
        '[!CAUTION]',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), (texts) => {
        const { text } = composeComment(
          [
            {
              plan: planOf(
                'dev',
                texts.map((one, index) => creation(`a-${index}`, one)),
              ),
            },
          ],
          70_000,
        );
        const outside = withoutFences(text);
        expect(outside.match(/<\/?[a-z!][^>]*>/gi) ?? []).toEqual([
          '<details>',
          '<summary>',
          '</summary>',
          '</details>',
        ]);
        expect(outside).not.toMatch(/@octocat|\u202E/);
      }),
    );
  });
});

/** What a reader's Markdown would not show as code. */
function withoutFences(text: string): string {
  const lines = text.split('\n');
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const found = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && found !== undefined) fence = found;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) kept.push(line);
  }
  return kept.join('\n');
}
