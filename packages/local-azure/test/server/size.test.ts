import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { fillState, largeId, LARGE_LIST } from './large-state.ts';

// Counts only: how fast it is depends on the machine; `npm run bench` tells.
let folder: string;
let bench: Bench;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'size-'));
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

async function startLarge(count: number): Promise<void> {
  const stateFile = join(folder, 'large.sqlite');
  fillState(stateFile, count);
  bench = await startBench({ stateFile, logSize: 10 });
  await bench.group();
}

interface Walk {
  readonly names: readonly string[];
  readonly pages: readonly number[];
}

/** Follows `nextLink` from a path to the end. */
async function walk(path: string): Promise<Walk> {
  const names: string[] = [];
  const pages: number[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { status, body } = await bench.get(next);
    expect(status).toBe(200);
    names.push(...body.value.map((each: { name: string }) => each.name));
    pages.push(body.value.length);
    next = body.nextLink?.slice(bench.azure.url.length);
  }
  return { names, pages };
}

describe('20,000 resources', { timeout: 300_000 }, () => {
  it('are held, and any of them is found by its id or by a tag', async () => {
    await startLarge(20_000);
    for (const index of [0, 9999, 19_999])
      expect((await bench.get(`${largeId(index)}?api-version=2024-11-30`)).body.tags).toEqual({ index: String(index) });
    const filter = encodeURIComponent("tagName eq 'index' and tagValue eq '777'");
    const filtered = await bench.get(`/subscriptions/{s}/resources?api-version=2025-04-01&$filter=${filter}`);
    expect(filtered.body.value.map((each: { name: string }) => each.name)).toEqual(['app-777']);
    expect((await bench.get('/_local/summary')).body.resources).toBe(20_001);
  });
});

describe('a list of 10,000', { timeout: 300_000 }, () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `app-${index}`);

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    await startLarge(10_000);
    const found = await walk(`${LARGE_LIST}?api-version=2024-11-30`);
    expect(found.names).toEqual(names);
    expect(found.pages).toEqual(Array.from({ length: 50 }, () => 200));
    const resources = await walk('/subscriptions/{s}/resources?api-version=2025-04-01');
    expect(resources.names).toEqual(names);
    expect(resources.pages.every((count) => count > 0)).toBe(true);
  });

  it('stays in order while resources come and go between the pages', async () => {
    await startLarge(10_000);
    const first = await bench.get(`${LARGE_LIST}?api-version=2024-11-30`);
    await bench.send('DELETE', `${largeId(5)}?api-version=2024-11-30`);
    await bench.send('DELETE', `${largeId(5000)}?api-version=2024-11-30`);
    await bench.put(`${LARGE_LIST}/late?api-version=2024-11-30`, { location: 'westus' });
    const rest = await walk(first.body.nextLink.slice(bench.azure.url.length));
    const seen = [...first.body.value.map((each: { name: string }) => each.name), ...rest.names];
    expect(seen).toEqual([...names.filter((name) => name !== 'app-5000'), 'late']);
  });
});
