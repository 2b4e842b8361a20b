import { describe, expect, it } from 'vitest';
import { postPull, type Pull, type Pulls } from '../../src/forge/pulls.ts';
import { promotionMarkdown } from '../../src/cli/render/promotion.ts';

const HOSTILE = 'x`\n# Approved by @security\n```\n<!-- ingate:pull promote/support/prod/ -->\u001b[2J|</table>';

describe('the text of a pull request', () => {
  it('cannot be left by anything that it quotes', () => {
    const contents = { 'Agent/support': { definition: { instructions: HOSTILE } } };
    const { text } = promotionMarkdown({
      release: { name: 'support', id: '0123456789ab', contents, source: {} },
      environment: 'prod',
      from: 'qa',
      before: { id: 'source', contents: {} },
      since: undefined,
      verified: [
        {
          evidence: { file: 'x', text: '', results: undefined },
          key: HOSTILE,
          digest: '0'.repeat(64),
          statement: {
            _type: 'https://in-toto.io/Statement/v1',
            subject: [],
            predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
            predicate: {
              result: 'PASSED',
              configuration: [],
              passedTests: [],
              warnedTests: [],
              failedTests: [],
              ingate: {
                gate: 'EvaluationGate/release',
                environment: 'qa',
                group: '',
                verdict: 'pass',
                gateSha256: '',
                datasetSha256: '',
                candidate: '',
                baseline: null,
                judge: { model: HOSTILE, version: '1' },
                items: 40,
                estimates: [
                  {
                    metric: HOSTILE,
                    check: 'absolute',
                    verdict: HOSTILE,
                    blocking: true,
                    candidate: 1,
                    baseline: null,
                    lower: null,
                    upper: null,
                    items: 1,
                  },
                ],
                started: '',
                finished: '2026-01-01T00:00:00Z',
                resultsSha256: '',
                tool: '',
              },
            },
          },
        },
      ],
      approvals: [
        {
          file: 'x',
          release: 'support',
          id: '0123456789ab',
          environment: 'prod',
          by: HOSTILE,
          reason: HOSTILE,
          expires: '2099-01-01T00:00:00Z',
          insteadOf: [],
        },
      ],
      way: 'promotion',
      now: new Date('2026-01-02T00:00:00Z'),
      plan: { environment: 'prod', failure: HOSTILE },
      limit: 60_000,
    });
    expect(text).toContain('<summary>prod</summary>');
    expect(text).not.toContain('\u001b');
    const outside = text.replaceAll(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/^#+ Approved/m);
    const withoutCode = outside.replaceAll(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(withoutCode).not.toMatch(/@security|<!--|<\/table>/);
    const rows = outside.split('\n').filter((line) => line.startsWith('| '));
    const columns = rows.map((row) => row.replaceAll('\\|', '').split('|').length);
    expect(columns).toEqual(rows.map((row) => (/^\| (environment|`prod`)/.test(row) ? 9 : 13)));
  });
});

/** Pull requests in memory that forget to answer. */
function forgetful(): { readonly pulls: Pulls; readonly all: Pull[]; lost: boolean } {
  const all: Pull[] = [];
  const state = {
    all,
    lost: true,
    pulls: {
      limit: 1000,
      open: () => Promise.resolve(all),
      create: (pull: Omit<Pull, 'number' | 'url'>) => {
        const made = { ...pull, number: all.length + 1, url: `https://forge/${all.length + 1}` };
        all.push(made);
        return state.lost ? Promise.reject(new Error('no answer')) : Promise.resolve(made);
      },
      update: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
  };
  return state;
}

describe('a pull request whose answer was lost', () => {
  it('is found by the next run, which opens no other', async () => {
    const forge = forgetful();
    const wanted = { family: 'promote/a/qa/', head: 'promote/a/qa/1', base: 'main', title: 'A', body: 'b' };
    await expect(postPull(forge.pulls, wanted)).rejects.toThrow('no answer');
    expect(await postPull(forge.pulls, wanted)).toMatchObject({ outcome: 'unchanged', url: 'https://forge/1' });
    expect(forge.all).toHaveLength(1);
  });

  it('keeps its fences closed when it is shortened', async () => {
    const forge = forgetful();
    forge.lost = false;
    const body = `\`\`\`\`diff\n${'+ line\n'.repeat(500)}\`\`\`\`\n`;
    await postPull(forge.pulls, { family: 'f/', head: 'f/1', base: 'main', title: 'A', body });
    const text = forge.all[0]?.body ?? '';
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(text.match(/^````/gm)).toHaveLength(2);
  });
});
