import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { equal, isArray, isObject, member, pointer, withValueAt, type Json, type Pointer } from '../src/model/json.ts';
import { registry } from '../src/reconcilers/registry.ts';
import { example, exampleSecrets as env, filesFor } from './support/examples.ts';
import { createLab, type Lab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

/** Values at which two documents differ, each by itself. Lists of different length differ as a whole. */
function differences(
  a: Json | undefined,
  b: Json | undefined,
  path: Pointer,
): (readonly [Pointer, Json | undefined])[] {
  if (equal(a ?? null, b ?? null)) return [];
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].flatMap((name) => differences(member(a, name), member(b, name), pointer(path, name)));
  }
  if (isArray(a) && isArray(b) && a.length === b.length && [...a, ...b].every(isObject))
    return a.flatMap((item, index) => differences(item, b[index], pointer(path, index)));
  return [[path, b]];
}

interface Changed {
  readonly address: string;
  readonly fields?: readonly { readonly label: string }[];
  readonly change: { readonly actions: readonly string[] };
}

async function changes(): Promise<Changed[]> {
  const ran = await lab.ingate('plan', '-e', 'dev', '-o', 'json');
  expect(ran.code, ran.err).toBe(0);
  const { resource_changes: all } = JSON.parse(ran.out) as { resource_changes: Changed[] };
  return all.filter(({ change }) => change.actions[0] !== 'no-op');
}

const parsed = (text: string | undefined): Json => parse(text ?? '') as Json;

/** Fields that Azure accepts only together, by the first of them. */
const COUPLED: Readonly<Record<string, Readonly<Record<string, readonly Pointer[]>>>> = {
  ContainerApp: { '/spec/containers/0/resources/cpu': ['/spec/containers/0/resources/memory'] },
  SearchService: { '/spec/disableLocalAuth': ['/spec/aadAuthFailureMode'] },
};

/** What makes a version of its own: the version of this checkout is still there, so nothing has to change. */
const VERSIONED: Readonly<Record<string, readonly Pointer[]>> = {
  ContainerImage: ['/spec/arguments/NODE_VERSION'],
  Dataset: ['/spec/source'],
  Evaluation: ['/spec/repeats'],
  EvaluationGate: ['/spec/minItems', '/spec/metrics/0/grader/most'],
  Evaluator: ['/spec/metrics/house_style/threshold'],
  FineTuningJob: ['/spec/hyperparameters/epochs'],
  Index: ['/spec/indexName', '/spec/fieldMapping/titleField'],
  RedTeamScan: ['/spec/turns'],
};

describe.each([...registry.values()].map((kind) => [kind.kind]))('%s', (kind) => {
  const full = parsed(example(kind, 'full'));
  const all = new Map(differences(full, parsed(example(kind, 'changed')), ''));
  const coupled = COUPLED[kind] ?? {};
  const followers = new Set(Object.values(coupled).flat());
  const fields = [...all.keys()].filter(
    (field) => !followers.has(field) && (all.get(field) !== undefined || coupled[field]),
  );

  it.each(fields)('changed at %s by another checkout: exactly that is seen', async (field) => {
    const before = filesFor(kind, JSON.stringify(full));
    lab = await createLab({ files: before, env });
    const apply = async (): Promise<void> => {
      const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
      expect(ran.code, ran.out + ran.err).toBe(0);
    };
    await apply();
    const together = [field, ...(coupled[field] ?? [])];
    const mutated = together.reduce<Json>((document, one) => withValueAt(document, one, all.get(one)), full);
    lab.write(filesFor(kind, JSON.stringify(mutated)));
    await apply();
    lab.write(before);
    const seen = await changes();
    const labels = seen.flatMap(
      (change) => change.fields?.map(({ label }) => `${change.address} ${label}`) ?? [change.address],
    );
    const expected = VERSIONED[kind]?.includes(field) ? 0 : together.length;
    expect(new Set(labels).size, labels.join('\n')).toBe(expected);
  });
});
