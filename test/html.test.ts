import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { layers } from '../src/cli/render/html/graph.ts';
import { driftPage } from '../src/cli/render/html/drift-page.ts';
import { planPage } from '../src/cli/render/html/page.ts';
import type { Plan } from '../src/model/plan.ts';
import type { ResourceId } from '../src/model/resource-id.ts';
import { createLab, GROUP, type Lab } from './support/lab.ts';

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

/** Tags of a page, without what its own style and script hold. */
function tagsOf(page: string): string[] {
  const outside = page.replace(/<style>.*?<\/style>/s, '').replace(/<script>.*?<\/script>/s, '');
  return [...outside.matchAll(/<([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase() ?? '');
}

const KNOWN = new Set(
  'html head meta title style body a header h1 p strong dl dt dd code main section h2 ul li form label input span h3 details summary table thead tbody tr th td pre ins del div svg path g rect text footer br'.split(
    ' ',
  ),
);

describe('ingate plan -o html', () => {
  it('is one page with what is new, changed, replaced and deleted, that asks nobody for anything', async () => {
    lab = await createLab({
      files: {
        'environments/dev/data.yaml':
          'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { sku: Standard_LRS, accessTier: Hot }\n---\napiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: old }\n',
      },
    });
    lab.commit('first');
    await lab.ingate('apply', '-e', 'dev', '--yes');
    await lab.send('PATCH', `${GROUP}/providers/Microsoft.Storage/storageAccounts/datadev?api-version=2026-04-01`, {
      properties: { accessTier: 'Cool' },
    });
    lab.write({
      'environments/dev/data.yaml':
        'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { sku: Standard_ZRS, accessTier: Hot }\n---\napiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\n',
    });
    lab.commit('second');
    const ran = await lab.ingate('plan', '-e', 'dev', '--prune', '-o', 'html');
    expect(ran.code, ran.err).toBe(0);
    const page = ran.out;
    for (const text of [
      'StorageAccount/data',
      'ManagedIdentity/old',
      'LogWorkspace/logs',
      'Look at this first',
      '! drift',
      'RISK001',
    ])
      expect(page).toContain(text);
    expect(page).not.toMatch(/https?:\/\/(?!127)/);
    expect(tagsOf(page).filter((tag) => !KNOWN.has(tag))).toEqual([]);
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(page).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    const headings = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(headings.every((level, index) => index === 0 || level <= (headings[index - 1] ?? 0) + 1)).toBe(true);
  });
});

describe('ingate drift -o html', () => {
  it('shows what was changed and deleted, with edited words of long texts, and asks nobody for anything', () => {
    const report = {
      environment: 'dev',
      base: 'a'.repeat(40),
      baseMissing: null,
      changed: [
        {
          id: 'Agent/support' as ResourceId,
          fields: [
            {
              field: '/instructions' as const,
              label: 'instructions',
              before: 'You are a rude assistant.\nAnswer briefly.',
              after: 'You are a polite assistant.\nAnswer briefly.',
              class: 'drift' as const,
            },
          ],
        },
      ],
      deleted: ['LogWorkspace/logs' as ResourceId],
      unmarked: [],
      different: [],
      outdated: [{ id: 'ContainerImage/api' as ResourceId, reason: 'a base image has changed' }],
      unchecked: [{ id: 'Connection/x' as ResourceId, fields: ['/credentials' as const] }],
    };
    const page = driftPage(report, 'ingate/1');
    expect(page).toContain('1 field of 1 resource changed, 1 resource deleted, 1 build outdated.');
    expect(page).toContain('You are a <del>polite</del><ins>rude</ins> assistant.');
    expect(page).toContain('LogWorkspace/logs');
    expect(page).toContain('Connection/x: /credentials');
    expect(tagsOf(page).filter((tag) => !KNOWN.has(tag))).toEqual([]);
    expect(page).not.toContain('<script');
    expect(page).toContain('a base image has changed');
    expect(driftPage({ ...report, changed: [], deleted: [], outdated: [] }, 'ingate/1')).toContain('No drift.');
  });

  it('holds nothing of a hostile value but its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '\n', '\u202e') }), (text) => {
        const fields = [
          { field: '/a' as const, label: text, before: `${text}\n`, after: text, class: 'drift' as const },
        ];
        const report = {
          environment: text,
          base: null,
          baseMissing: text,
          changed: [{ id: `Agent/${text}` as ResourceId, fields }],
          deleted: [`Agent/${text}` as ResourceId],
          unmarked: [],
          different: [`Agent/${text}` as ResourceId],
          outdated: [{ id: `Agent/${text}` as ResourceId, reason: text }],
          unchecked: [],
        };
        const page = driftPage(report, text);
        expect(tagsOf(page).filter((tag) => !KNOWN.has(tag))).toEqual([]);
        expect(page).not.toContain('\u202e');
      }),
    );
  });
});

function planWith(text: string): Plan {
  const step = { azureType: text, address: text, dependsOn: [], unchecked: ['/x' as const], note: text };
  const risk = [{ id: 'RISK001' as const, level: 'high' as const, message: text, fields: [] }];
  const field = { field: '/a' as const, label: text, before: text, after: `${text}\n${text}`, class: 'drift' as const };
  return {
    format: 1,
    tool: text,
    environment: { name: text, cloud: 'local', subscriptionId: text, resourceGroup: text, location: text },
    head: { commit: text, dirty: true },
    base: null,
    baseMissing: text,
    prune: true,
    changes: [
      {
        ...step,
        risk,
        id: `Agent/${text}` as ResourceId,
        action: 'update',
        before: {},
        after: { a: text },
        fields: [field],
      },
      {
        ...step,
        risk,
        id: `Agent/b${text}` as ResourceId,
        action: 'run',
        task: { type: 'gate', title: text, reason: text },
      },
      {
        ...step,
        risk,
        id: `Agent/c${text}` as ResourceId,
        action: 'create',
        after: { definition: { instructions: text } },
      },
    ],
    leftovers: [{ id: `Agent/d${text}` as ResourceId, address: text }],
    basedOn: {},
    warnings: [{ code: 'ING1001', severity: 'warning', message: text, hint: text }],
    refusals: [{ code: 'ING1001', severity: 'error', message: text }],
    digest: text,
  };
}

describe('a page of hostile texts', () => {
  it('has no tag, attribute or script that is not its own', () => {
    const plain = tagsOf(planPage(planWith('x'), new Map()));
    const hostile = fc.oneof(
      fc.constantFrom(
        '</script><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        '<!--',
        ']]>',
        '&lt;',
        '\u202Ex',
        '</style>',
        '</title>',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const tags = tagsOf(planPage(planWith(text.replaceAll('\n', ' ')), new Map()));
        expect(tags.filter((tag) => !KNOWN.has(tag))).toEqual([]);
        expect(tags.filter((tag) => tag === 'section')).toEqual(plain.filter((tag) => tag === 'section'));
        expect(planPage(planWith(text), new Map()).match(/<script/g)).toHaveLength(1);
      }),
    );
  });
});

describe('the graph', () => {
  it('puts everything right of what it waits for', () => {
    const [a, b, c, d] = ['A/a', 'B/b', 'C/c', 'D/d'] as ResourceId[];
    if (!a || !b || !c || !d) throw new Error('four ids');
    expect(
      layers(
        new Map([
          [a, []],
          [b, [a]],
          [c, [a]],
          [d, [b, c]],
        ]),
      ),
    ).toEqual([[a], [b, c], [d]]);
  });
});
