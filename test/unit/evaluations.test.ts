import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluationLines, evaluationMarkdown } from '../../src/cli/render/evaluation-report.ts';
import { evaluationPage } from '../../src/cli/render/html/evaluation.ts';
import { intervalPlot } from '../../src/cli/render/html/intervals.ts';
import { printLine } from '../../src/cli/text.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { results } from '../../src/reconcilers/evaluation/record.ts';
import type { EvaluationReport } from '../../src/reconcilers/evaluation/report.ts';
import { rank, type Answers } from '../../src/reconcilers/evaluation/results.ts';
import type { EvaluationSpec } from '../../src/reconcilers/evaluation/spec.ts';
import { triggerBody, triggerSpec } from '../../src/reconcilers/evaluation-schedule/trigger.ts';
import { countAttacks } from '../../src/reconcilers/shared/red-team/report.ts';

const grader = { type: 'stringCheck' as const };
const spec = (metrics: EvaluationSpec['metrics']): EvaluationSpec => ({
  project: 'p',
  candidates: [{ name: 'a', model: 'a' }],
  metrics,
});
const PASS = spec([{ name: 'm', grader }]);
const LESS = spec([{ name: 'm', grader, data: 'score', direction: 'decrease' }]);

/** An output item; `undefined`: no grade, `null`: no answer. */
function item(id: number, value: boolean | number | undefined | null): JsonObject {
  const passed = typeof value === 'boolean' ? value : true;
  const score = typeof value === 'number' ? value : passed ? 1 : 0;
  return {
    datasource_item: { id: String(id) },
    results: value === undefined || value === null ? [] : [{ name: 'm', passed, score }],
    sample: value === null ? { error: { code: 'X' } } : { error: null, usage: { total_tokens: 10 } },
  };
}

const answers = (name: string, ...repeats: (boolean | number | undefined | null)[][]): Answers => ({
  name,
  label: name,
  runs: [],
  items: repeats.map((values) => values.map((value, index) => item(index, value))),
});

describe('ranking', () => {
  it('puts more passes first, and calls worse only what the items show', () => {
    const all = Array.from({ length: 30 }, () => true);
    const few = all.map((_, index) => index % 3 === 0);
    const most = all.map((_, index) => index > 0);
    const found = rank(PASS, [answers('few', few), answers('most', most), answers('all', all)]);
    expect(found.map(({ name, standing }) => [name, standing])).toEqual([
      ['all', 'best'],
      ['most', 'similar'],
      ['few', 'worse'],
    ]);
    expect(found[2]?.metrics[0]?.difference?.value).toBeCloseTo(-2 / 3, 12);
  });

  it('puts lower scores first where less is better', () => {
    const low = Array.from({ length: 12 }, (_, index) => 1 + (index % 2) / 10);
    const high = low.map((value) => value + 1 + (value % 1));
    const found = rank(LESS, [answers('high', high), answers('low', low)]);
    expect(found.map(({ name, standing }) => [name, standing])).toEqual([
      ['low', 'best'],
      ['high', 'worse'],
    ]);
  });

  it('averages repeats by item: they are no further samples', () => {
    const [once] = rank(PASS, [answers('a', [true, false])]);
    const [twice] = rank(PASS, [answers('a', [true, false], [true, false])]);
    expect(twice?.metrics).toEqual(once?.metrics);
    const [mixed] = rank(PASS, [answers('a', [true, false], [false, false])]);
    expect(mixed?.metrics[0]?.estimate?.value).toBe(0.25);
  });

  it('counts no answer as failed, or as the worst score, and leaves out what has no grade', () => {
    const [found] = rank(PASS, [answers('a', [true, null, undefined, true])]);
    expect(found).toMatchObject({ unanswered: 1 });
    expect(found?.metrics[0]).toMatchObject({ n: 3, ungraded: 1, estimate: { value: 2 / 3 } });
    const [scored] = rank(LESS, [answers('a', [1, null])]);
    expect(scored?.metrics[0]?.estimate?.value).toBe(3);
  });

  it('holds for any answers: every candidate once, ranks from 1, intervals around their estimates', () => {
    const grade = fc.constantFrom(true, false, undefined, null);
    const candidate = fc.array(grade, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 5 }), (all) => {
        const found = rank(
          PASS,
          all.map((values, index) => answers(`c${index}`, values)),
        );
        expect(found.map((one) => one.rank)).toEqual(all.map((_, index) => index + 1));
        expect(new Set(found.map(({ name }) => name)).size).toBe(all.length);
        for (const { metrics } of found)
          for (const { estimate } of metrics) {
            if (!estimate) continue;
            expect(estimate.lower).toBeLessThanOrEqual(estimate.value);
            expect(estimate.upper).toBeGreaterThanOrEqual(estimate.value);
          }
      }),
    );
  });
});

describe('records of results', () => {
  const candidates = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`${index}`.padEnd(28, 'x'), 'abcdef012345']),
  );
  const record = { at: '2026-11-23T22:00:00.000Z', items: 99_999, repeats: 10, best: 'x'.repeat(28), candidates };

  it('fit into metadata at their largest, and are read back', () => {
    const metadata = results.add({ 'ingate.id': 'Evaluation/x' }, 'a'.repeat(64), record);
    for (const value of Object.values(metadata)) expect(JSON.stringify(value).length - 2).toBeLessThanOrEqual(512);
    expect(results.find(metadata, 'a'.repeat(64))).toEqual(record);
    expect(results.find(metadata, 'b'.repeat(64))).toBeUndefined();
    expect(metadata['ingate.id']).toBe('Evaluation/x');
  });

  it('are as many as metadata holds: the oldest goes', () => {
    let metadata: JsonObject = {};
    for (let day = 10; day < 30; day++)
      metadata = results.add(metadata, String(day).repeat(32), { ...record, at: `2026-11-${day}T00:00:00.000Z` });
    expect(Object.keys(metadata)).toHaveLength(8);
    expect(results.newest(metadata)?.at).toBe('2026-11-29T00:00:00.000Z');
    expect(results.find(metadata, '10'.repeat(32))).toBeUndefined();
  });
});

describe('triggers', () => {
  it.each([
    [{ cron: '0 3 * * *', timeZone: 'UTC' }],
    [{ recurrence: { unit: 'Weekly' as const, interval: 2, daysOfWeek: ['Monday' as const] }, timeZone: 'UTC' }],
    [{ recurrence: { unit: 'Hourly' as const, interval: 6 }, timeZone: 'UTC', startTime: '2026-12-01T00:00:00Z' }],
  ])('%j is read back as it was sent', (trigger) => {
    expect(triggerSpec(triggerBody(trigger as Parameters<typeof triggerBody>[0]))).toEqual(trigger);
  });
});

describe('times of a trigger', () => {
  it('are spelled as wanted when they are the same', () => {
    const wanted = { cron: '0 3 * * *', startTime: '2026-12-01T00:00:00Z', endTime: '2027-01-01T00:00:00Z' };
    const live = { ...triggerBody(wanted), startTime: '2026-12-01T00:00:00.0000000+00:00', endTime: '2028-01-01' };
    expect(triggerSpec(live, wanted)).toEqual({ ...wanted, timeZone: 'UTC', endTime: '2028-01-01' });
  });
});

describe('attacks', () => {
  it('without an answer or a grade do not count, and zero of few shows little', () => {
    const attack = (passed: boolean | undefined, error: object | null = null): JsonObject => ({
      datasource_item: { attack_strategy: 'flip' },
      results: passed === undefined ? [] : [{ name: 'Violence', passed }],
      sample: { error } as unknown as JsonObject,
    });
    const items = [attack(true), attack(true), attack(undefined), attack(true, { code: 'content_filter' })];
    const found = countAttacks(items, ['Violence', 'Sexual'], 0.95);
    expect(found).toMatchObject({ unanswered: 1, ungraded: 1, total: { attacks: 2, succeeded: 0 } });
    expect(found.total.rate?.upper).toBeCloseTo(1 - Math.sqrt(0.025), 10);
    expect(found.categories[1]).toEqual({ name: 'Sexual', attacks: 0, succeeded: 0 });
  });
});

describe('reports', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x>',
      '| x |\n# y',
      '`',
      '\u001b[31m',
      '##vso[x]',
      '\u202e',
    ),
  );
  const reportWith = (text: string): EvaluationReport => ({
    evaluation: text,
    environment: text,
    at: text,
    evaluationId: text,
    items: 1,
    repeats: 2,
    confidence: 0.95,
    rankedBy: text,
    current: false,
    candidates: rank({ ...PASS, metrics: [{ name: text, grader }] }, [
      { ...answers(text, [true, null]), label: text },
      answers(`${text}2`, [undefined]),
    ]),
  });

  it('hold no text that can act', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const report = reportWith(text);
        const page = evaluationPage(text, { evaluations: [report] }).replace(/<style>.*?<\/style>/s, '');
        const tags = [...page.matchAll(/<([a-z0-9]+)/gi)].map(([, tag = '']) => tag);
        expect(tags.filter((tag) => ['script', 'img', 'iframe'].includes(tag))).toEqual([]);
        for (const line of evaluationLines(report)) expect(printLine(line, false)).not.toMatch(/\n|\u202e/);
        const rows = evaluationMarkdown(report)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        expect(rows).toHaveLength(4);
      }),
    );
  });

  it('draw intervals of any size, also open ones', () => {
    const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
    const bound = fc.oneof(number, fc.constant(-Infinity));
    fc.assert(
      fc.property(bound, number, (lower, value) => {
        const plot = intervalPlot([{ name: 'a', estimate: { value, lower, upper: value } }]);
        expect(plot).not.toContain('NaN');
      }),
    );
  });
});
