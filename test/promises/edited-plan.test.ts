import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPlan } from '../../src/cli/plan-file.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Plan } from '../../src/model/plan.ts';
import { digestOf } from '../../src/planner/seal.ts';
import { createLab, type Lab } from '../support/lab.ts';

const logs = (days: number): string =>
  `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: ${days} }\n`;
const account = (name: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: ${name} }\n`;

let lab: Lab;
let file: string;
let saved: JsonObject;
/** A plan with a change of every action, and what else a plan may hold. */
beforeEach(async () => {
  lab = await createLab({
    files: { 'environments/dev/logs.yaml': logs(30), 'environments/dev/old.yaml': account('old') },
  });
  lab.commit('first');
  await lab.ingate('apply', '-e', 'dev', '--yes');
  lab.write({
    'environments/dev/logs.yaml': logs(60),
    'environments/dev/old.yaml': null,
    'environments/dev/new.yaml': account('new'),
  });
  lab.commit('second');
  file = join(lab.root, 'reviewed.plan');
  await lab.ingate('plan', '-e', 'dev', '--prune', '--out', file);
  saved = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
});
afterEach(() => lab.close());

/** Every way to change one value, add a member or take one away, with its place. */
function edits(value: Json, path: string): { readonly at: string; readonly edited: Json }[] {
  if (isArray(value)) {
    const inner = value.flatMap((item, index) =>
      edits(item, `${path}[${index}]`).map(({ at, edited }) => ({ at, edited: value.with(index, edited) })),
    );
    return [...inner, { at: `${path}[+]`, edited: [...value, 'added'] }];
  }
  if (isObject(value)) {
    const inner = Object.entries(value).flatMap(([name, one]) => [
      ...edits(one, `${path}.${name}`).map(({ at, edited }) => ({ at, edited: { ...value, [name]: edited } })),
      { at: `${path}.${name}-`, edited: Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) },
    ]);
    return [...inner, { at: `${path}.+`, edited: { ...value, added: 'value' } }];
  }
  if (typeof value === 'string') return [{ at: path, edited: `${value}x` }];
  if (typeof value === 'number') return [{ at: path, edited: value + 1 }];
  return [{ at: path, edited: value !== true }];
}

/** Warnings may depend on the day, and are not part of what is decided. */
const UNSEALED = /^\.warnings/;
/** Without these it is no plan at all. */
const FORM = /^\.(format|digest|changes|head|environment)(-|$)/;

function codeOf(plan: Json): string {
  writeFileSync(file, JSON.stringify(plan));
  const read = readPlan({ absolute: file, shown: 'reviewed.plan' });
  return 'code' in read ? read.code : 'accepted';
}

describe('a saved plan that was edited', () => {
  it('is refused, whichever of its values was changed, added or removed', () => {
    const all = edits(saved, '').filter(({ at }) => !UNSEALED.test(at));
    expect(new Set(all.map(({ at }) => at.split(/[.[]/)[1]?.replace('-', '')))).toEqual(
      new Set([...Object.keys(saved).filter((name) => name !== 'warnings'), '+']),
    );
    const sealed = all.filter(({ at }) => !FORM.test(at));
    expect(sealed.filter(({ edited }) => codeOf(edited) !== 'ING3007').map(({ at }) => at)).toEqual([]);
    expect(all.filter(({ edited }) => codeOf(edited) === 'accepted').map(({ at }) => at)).toEqual([]);
    expect(codeOf(saved)).toBe('accepted');
  });

  it('is refused by apply with 12 or as no plan, and nothing is written', async () => {
    const before = lab.azure.requests().length;
    const changes = saved['changes'] as readonly JsonObject[];
    for (const edited of [
      { ...saved, changes: changes.slice(1) },
      { ...saved, environment: { ...(saved['environment'] as JsonObject), resourceGroup: 'rg-other' } },
      { ...saved, prune: false },
    ]) {
      writeFileSync(file, JSON.stringify(edited));
      const ran = await lab.ingate('apply', file);
      expect([ran.code, ran.err]).toEqual([12, expect.stringContaining('ING3007')]);
    }
    writeFileSync(file, JSON.stringify(saved).slice(0, -10));
    expect((await lab.ingate('apply', file)).code).toBe(64);
    expect(lab.azure.requests().slice(before)).toEqual([]);
  });

  it('is refused as stale when its digest was made to fit', async () => {
    const changes = (saved['changes'] as readonly JsonObject[]).map((change) =>
      change['id'] === 'LogWorkspace/logs' ? { ...change, after: { retentionInDays: 730 } } : change,
    );
    const edited = { ...saved, changes } as unknown as Plan;
    writeFileSync(file, JSON.stringify({ ...edited, digest: digestOf(edited) }));
    const before = lab.azure.requests().length;
    const ran = await lab.ingate('apply', file);
    expect([ran.code, ran.err]).toEqual([12, expect.stringContaining('ING3006')]);
    expect(
      lab.azure
        .requests()
        .slice(before)
        .filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
    ).toEqual([]);
  });
});
