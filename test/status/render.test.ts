import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ago } from '../../src/cli/render/ago.ts';
import { statusPage } from '../../src/cli/render/html/status.ts';
import { shortNumber, sparkline } from '../../src/cli/render/sparkline.ts';
import { statusLines } from '../../src/cli/render/status-text.ts';
import { textStream } from '../../src/cli/render/text-stream.ts';
import type { EnvironmentStatus, Series } from '../../src/cli/status/document.ts';
import { abortedOf, rolloutOf } from '../../src/cli/status/rollout.ts';
import { printLine } from '../../src/cli/text.ts';
import type { ResourceId } from '../../src/model/resource-id.ts';

const series: Series = { points: [null, 0, 1, 2, 4, 8], value: 15 };

/** An environment in which every text is the same. */
function statusOf(text: string): EnvironmentStatus {
  const id = (kind: string): ResourceId => `${kind}/${text}`;
  return {
    format: 1,
    environment: text,
    cloud: text,
    resourceGroup: text,
    location: text,
    at: '2026-01-02T00:00:00Z',
    applied: { commit: text, version: text, time: text, by: text, run: text },
    agents: [
      {
        id: id('Agent'),
        name: text,
        state: text,
        latest: text,
        latestStatus: text,
        traffic: [{ version: text, percent: 100 }],
      },
    ],
    apps: [
      {
        id: id('ContainerApp'),
        name: text,
        state: text,
        fqdn: text,
        revisions: [
          {
            name: text,
            active: true,
            percent: 100,
            labels: [text],
            health: text,
            state: text,
            replicas: 1,
            created: text,
            error: text,
          },
        ],
        inactive: 3,
        rollout: { candidate: text, step: text, since: text },
        aborted: [text],
      },
    ],
    gates: [{ id: id('EvaluationGate'), last: { verdict: text, at: text, items: 3, about: text }, due: text }],
    jobs: [
      {
        id: id('ContainerJob'),
        name: text,
        trigger: text,
        schedule: text,
        last: { name: text, status: text, started: text },
      },
    ],
    alerts: [{ rule: text, severity: 1, target: text, since: text, state: text, description: text }],
    metrics: [
      {
        id: id('FoundryAccount'),
        requests: series,
        errors: series,
        latency: series,
        inputTokens: series,
        outputTokens: series,
      },
    ],
    missing: [{ id: id('Agent'), why: 'absent' }],
    diagnostics: [{ code: 'ING4001', severity: 'error', message: text, hint: text, resource: id('Agent') }],
  };
}

const hostile = fc.oneof(
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '<!--',
    '</style>',
    '\u001b[2J\u001b]0;x\u0007',
    '::error::x',
    '##vso[task.setvariable variable=x]y',
    '##[group]x',
    'a\r\nb',
    '\u202Ex',
  ),
  fc.string({ unit: 'grapheme' }),
);

const KNOWN = new Set(
  'html head meta title style body header h1 dl dt dd code main section h2 h3 ul li strong span p div svg rect table thead tbody tr th td'.split(
    ' ',
  ),
);

function tagsOf(page: string): string[] {
  const outside = page.replace(/<style>.*?<\/style>/s, '');
  return [...outside.matchAll(/<([a-z0-9!-]+)/gi)].map((match) => match[1]?.toLowerCase() ?? '');
}

describe('the page', () => {
  it('asks nobody for anything, and may run nothing', () => {
    const page = statusPage(statusOf('x'));
    expect(page).not.toMatch(/https?:|src=|href=|<script/);
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    expect(page).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(page.replace(/<style>.*?<\/style>/s, '')).not.toContain('style=');
    expect(tagsOf(page).filter((tag) => tag !== '!doctype' && !KNOWN.has(tag))).toEqual([]);
  });

  it('has no tag that is not its own, whatever Azure says', () => {
    const plain = tagsOf(statusPage(statusOf('x')));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tagsOf(statusPage(statusOf(text)))).toEqual(plain);
      }),
    );
  });
});

describe('the terminal', () => {
  it('is commanded by nothing that Azure says', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 200 }), (text, columns) => {
        for (const line of statusLines(statusOf(text), columns)) {
          const printed = printLine(line, false);
          // oxlint-disable-next-line no-control-regex
          expect(printed).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|^\s*::|##\[|##vso\[/);
        }
      }),
    );
  });

  it('is never written beyond its width', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 120 }), (text, columns) => {
        for (const line of statusLines(statusOf(text), columns)) {
          const plain = printLine(line, false);
          const escaped =
            plain.length -
            plain.replaceAll('\\::', '::').replaceAll('##\\[', '##[').replaceAll('##vso\\[', '##vso[').length;
          expect(Array.from(new Intl.Segmenter('en').segment(plain)).length - escaped).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });

  it('leaves out the hours where there is no room for them', () => {
    const text = (columns: number): string =>
      statusLines(statusOf('x'), columns)
        .map((line) => printLine(line, false))
        .join('\n');
    expect(text(80)).toContain(sparkline(series.points));
    expect(text(40)).not.toMatch(/[▁▂▃▄▅▆▇█]/);
    expect(text(40)).toMatch(/requests +15/);
  });
});

describe('numbers and times', () => {
  it('are short', () => {
    expect(sparkline([null, 0, 1, 4, 8])).toBe('·▁▂▅█');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect([0, 0.123, 9.999, 42.26, 999, 1200, 999_949, 999_950, 3_400_000].map(shortNumber)).toEqual([
      '0',
      '0.12',
      '10',
      '42.3',
      '999',
      '1.2k',
      '999.9k',
      '1M',
      '3.4M',
    ]);
    const now = Date.parse('2026-01-02T00:00:00Z');
    expect(ago('2026-01-01T23:59:30Z', now)).toBe('just now');
    expect(ago('2026-01-01T23:55:00Z', now)).toBe('5 min ago');
    expect(ago('2026-01-01T20:00:00Z', now)).toBe('4 h ago');
    expect(ago('2025-12-01T00:00:00Z', now)).toBe('32 d ago');
    expect(ago('2027-01-01T00:00:00Z', now)).toBe('just now');
  });
});

describe('tags of a rollout', () => {
  it('are read as they are written, and anything else is none', () => {
    expect(rolloutOf({ 'ingate-rollout': 'v1;0123456789;900;1767225600;12' })).toEqual({
      candidate: '0123456789',
      step: 'promoted',
      since: '2026-01-01T00:00:00.000Z',
    });
    expect(rolloutOf({ 'ingate-rollout': 'v1;0123456789;2;1767225600;12;paused' })?.step).toBe('2, paused');
    for (const text of ['', 'v2;0123456789;1;1767225600;1', 'v1;<b>;1;1;1', 'v1', 'v1;0123456789;999;1767225600;12'])
      expect(rolloutOf({ 'ingate-rollout': text })).toBeUndefined();
    expect(rolloutOf(undefined)).toBeUndefined();
    expect(abortedOf({ 'ingate-aborted': '0123456789,b,' })).toEqual(['0123456789']);
    expect(abortedOf({})).toEqual([]);
  });
});

describe('text that arrives in pieces', () => {
  const printed = (pieces: readonly string[]): string => {
    let out = '';
    const stream = textStream((text) => (out += text));
    for (const piece of pieces) stream.push(piece);
    stream.end();
    return out;
  };

  it('is printed as whole lines would be, wherever it is cut', () => {
    const word = fc.constantFrom(
      '::',
      ':',
      '#',
      '##',
      '##vso[',
      '##[',
      'vso',
      '[',
      ' ',
      '\n',
      '\r\n',
      '\r',
      'error',
      '\u001b[31m',
      'a',
      'ü',
      '👍',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(fc.nat(40), { maxLength: 10 }), (words, cuts) => {
        const text = words.join('');
        const places = [0, ...cuts.filter((cut) => cut <= text.length).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
        const lines = text.split(/\r?\n/);
        if (lines.at(-1) === '') lines.pop();
        expect(printed(pieces)).toBe(lines.map((line) => `${printLine([line], false)}\n`).join(''));
      }),
    );
  });

  it('is printed at once where nothing speaks against it', () => {
    const written: string[] = [];
    const stream = textStream((text) => written.push(text));
    stream.push('Hello ');
    expect(written.join('')).toBe('Hello ');
    stream.push('wor##');
    expect(written.join('')).toBe('Hello wor');
    stream.push('ld');
    expect(written.join('')).toBe('Hello wor##ld');
  });

  it('does not grow without end on one line', () => {
    const out = printed(Array.from({ length: 3000 }, () => 'abcd'));
    expect(out.replaceAll('\n', '')).toBe('abcd'.repeat(3000));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(4100);
  });
});
