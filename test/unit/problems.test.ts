import { readFileSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { exitCodeFor } from '../../src/cli/report.ts';
import { problem, warning } from '../../src/model/diagnostic.ts';
import { problemExits } from '../../src/model/problem-info.ts';
import { problems, type ProblemCode } from '../../src/model/problems.ts';

const all = Object.entries(problems);

describe('the table of problems', () => {
  it.each(all)('%s has title, cause, remedy and a class of exit', (_, info) => {
    for (const text of [info.title, info.cause, info.remedy]) expect(text.trim().length).toBeGreaterThan(5);
    expect(info.title).not.toMatch(/\.$/);
    expect(info.cause).toMatch(/[.!?]$/);
    expect(info.remedy).toMatch(/[.!?]$/);
    expect(problemExits).toContain(info.exit);
  });

  it('gives every class an exit code that says that something is wrong', () => {
    for (const one of problemExits) expect(exitCodes[one]).toBeGreaterThan(0);
    expect(new Set(problemExits.map((one) => exitCodes[one])).size).toBe(problemExits.length);
  });

  it('decides the exit code of every code alone', () => {
    for (const [code, info] of all)
      expect(exitCodeFor([problem(code as ProblemCode, 'x')]), code).toBe(exitCodes[info.exit]);
  });

  it('lets the strongest error decide, and no warning beside an error', () => {
    expect(exitCodeFor([problem('ING1013', 'x'), problem('ING3001', 'x')])).toBe(exitCodes.refused);
    expect(exitCodeFor([problem('ING3001', 'x'), problem('ING3006', 'x')])).toBe(exitCodes.stale);
    expect(exitCodeFor([problem('ING1013', 'x'), warning('ING3012', 'x')])).toBe(exitCodes.error);
  });

  it('is the only place that decides exit codes', () => {
    const used = globSync('src/**/*.ts', { exclude: ['src/model/problems/**'] })
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const decided = used.match(/\/\^ING/g) ?? [];
    expect(decided, 'no exit code hangs on the spelling of a code').toEqual([]);
  });

  it('limits messages and hints', () => {
    const long = problem('ING1006', 'é😀'.repeat(100_000), { hint: 'x'.repeat(5000) });
    expect(long.message.length).toBeLessThanOrEqual(2000);
    expect(long.hint?.length).toBeLessThanOrEqual(2000);
    expect(long.message.isWellFormed()).toBe(true);
    expect(long.message).toMatch(/more characters\)$/);
  });
});
