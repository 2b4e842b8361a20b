import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { membersOf, writableLeaves, type AzureFacts } from '../src/model/azure-facts.ts';
import { canSay, effectiveSchema, sayable } from '../src/model/effective-schema.ts';
import { kindFacts, readJson } from './support/azure-facts.ts';
import type { Target } from '../tools/azure-facts/src/package-models.ts';
import { bicepFacts } from '../tools/azure-facts/src/bicep.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'tools', 'azure-facts');
const installed = existsSync(join(home, 'node_modules', '@azure'));
const targets = readJson(join(home, 'targets.json')) as readonly Target[];
const inaccuracies = readJson(join(home, 'inaccuracies.json')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

if (!installed)
  process.stderr.write('The SDK packages are not installed: facts are not generated again (npm run generate:azure).\n');

describe.runIf(installed)('facts generated from the installed packages', () => {
  test.each(targets)('$type are what is committed', async (target) => {
    const { generated } = await import('../tools/azure-facts/src/generate.ts');
    expect(await generated(target)).toBe(readFileSync(join(root, target.place), 'utf8'));
  });
});

const described = targets.flatMap((target) => {
  const types = bicepFacts(target.type, target.apiVersion);
  return types ? [{ type: target.type, place: target.place, types }] : [];
});
if (described.length === 0) process.stderr.write('No type data: facts are not compared with it (AZURE_TYPES_DIR).\n');

describe.runIf(described.length > 0)('facts and the type data', () => {
  test.each(described)('$type say the same', ({ type, place, types }) => {
    const facts = readJson(join(root, place)) as AzureFacts;
    const own = new Map(
      differences(facts, types).map((line) => [
        line,
        inaccuracies[type]?.[line] ?? inaccuracies['*']?.[everywhere(line)],
      ]),
    );
    const unexplained = [...own].filter(([, reason]) => reason === undefined).map(([line]) => line);
    expect(unexplained).toEqual([]);
  });

  test.each(kindFacts)('$folder can say all that the type data knows', ({ folder, facts, schema }) => {
    const types = bicepFacts(facts.type, facts.apiVersion);
    const reached = sayable(effectiveSchema(schema, facts));
    expect(types, folder).toBeDefined();
    expect(writableLeaves(types!).filter((leaf) => !canSay(reached, leaf))).toEqual([]);
  });

  test('every explanation explains a difference', () => {
    const found = new Map(
      described.map(({ type, place, types }) => [type, differences(readJson(join(root, place)) as AzureFacts, types)]),
    );
    const stale = Object.entries(inaccuracies)
      .filter(([type]) => type !== '*')
      .flatMap(([type, lines]) =>
        Object.keys(lines)
          .filter((line) => !found.get(type)?.includes(line))
          .map((line) => `${type} ${line}`),
      );
    expect(stale).toEqual([]);
  });
});

/** A difference of every type that has such a member: its last segment. */
function everywhere(line: string): string {
  return line.replace(/ \/.*\//u, ' /');
}

/** What only one source says, one line each: writable leaves, and known values where both have the leaf. */
function differences(facts: AzureFacts, types: AzureFacts): string[] {
  const [ours, theirs] = [new Set(writableLeaves(facts)), new Set(writableLeaves(types))];
  const within = (leaves: ReadonlySet<string>, leaf: string): boolean =>
    leaf.split('/').some((_, index, parts) => leaves.has(parts.slice(0, index + 1).join('/')));
  // A model inside itself ends in our leaves and in theirs at different depths.
  const reaches = (leaves: ReadonlySet<string>, leaf: string): boolean =>
    [...leaves].some((one) => one.startsWith(`${leaf}/`));
  const values = [...ours]
    .filter((leaf) => theirs.has(leaf))
    .filter((leaf) => knownAt(facts, leaf) !== knownAt(types, leaf));
  return [
    ...[...theirs].filter((leaf) => !within(ours, leaf)).map((leaf) => `types only ${leaf}`),
    ...[...ours].filter((leaf) => !within(theirs, leaf) && !reaches(theirs, leaf)).map((leaf) => `facts only ${leaf}`),
    ...values.map((leaf) => `values ${leaf}`),
  ];
}

function knownAt(facts: AzureFacts, leaf: string): string {
  let property: ReturnType<ReturnType<typeof membersOf>['get']> = { type: 'object', model: facts.root };
  for (const segment of leaf.split('/').slice(1))
    property = segment === '*' ? property?.of : membersOf(facts, property?.model ?? '').get(segment);
  return JSON.stringify(property?.enum ?? null);
}
