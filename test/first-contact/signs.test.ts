import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textDiff } from '../../src/cli/render/text-diff.ts';
import { planMarkdown } from '../../src/cli/render/markdown.ts';
import type { Plan } from '../../src/model/plan.ts';

function planOf(before: string, after: string): Plan {
  return {
    environment: { name: 'dev', cloud: 'local', resourceGroup: 'rg', location: 'swedencentral' },
    head: { commit: null, dirty: false },
    digest: 'd'.repeat(64),
    tool: 'ingate/0',
    base: null,
    baseMissing: null,
    leftovers: [],
    warnings: [],
    refusals: [],
    changes: [
      {
        id: 'Agent/support',
        action: 'update',
        after: {},
        adopts: false,
        unchecked: [],
        dependsOn: [],
        risk: [
          { id: 'RISK003', level: 'high', message: 'grants Owner' },
          { id: 'RISK004', level: 'high', message: 'opens to the internet' },
        ],
        fields: [
          {
            field: '/definition/instructions',
            label: 'definition.instructions',
            before,
            after,
            class: 'pending',
            sensitive: false,
            unknown: false,
          },
        ],
      },
    ],
  } as unknown as Plan;
}

/** Texts of which every line looks like a line of a diff. */
const bullets = fc.array(
  fc
    .tuple(fc.constantFrom('- ', '+ ', '~ ', '> ', '-/+ ', '  - '), fc.stringMatching(/^[a-z]{3,9}$/))
    .map((pair) => pair.join('')),
  { minLength: 2, maxLength: 8 },
);

describe('plan -o markdown', () => {
  it('colours a line by what happens to it and never by its text', () => {
    fc.assert(
      fc.property(bullets, fc.stringMatching(/^[A-Z]{12,20}$/), (lines, added) => {
        const [before, after] = [lines.join('\n'), [...lines, `- ${added}`].join('\n')];
        const details = planMarkdown(planOf(before, after)).split('```diff\n')[1]?.split('\n```')[0]?.split('\n') ?? [];
        expect(details.filter((line) => line.startsWith('-'))).toEqual([]);
        expect(details.filter((line) => line.startsWith('+'))).toEqual([expect.stringContaining(added)]);
      }),
    );
  });

  it('says every high risk in a list', () => {
    expect(planMarkdown(planOf('a\nb', 'a\nc'))).toContain(
      '> [!CAUTION]\n> - `Agent/support`: RISK003 `grants Owner`; RISK004 `opens to the internet`\n',
    );
  });

  it('has one sign in a line of a difference', () => {
    const signs = textDiff('- a\n- b', '- a\n- c', '').map((line) =>
      line.filter((piece) => typeof piece !== 'string' && piece.sign),
    );
    expect(signs.every((found) => found.length <= 1)).toBe(true);
  });
});
