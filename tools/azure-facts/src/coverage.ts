// Prints, per kind, how many writable leaves the type data and our facts know, and how many today's schema can say.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writableLeaves, type AzureFacts } from '../../../src/model/azure-facts.ts';
import { canSay, effectiveSchema, sayable } from '../../../src/model/effective-schema.ts';
import type { SpecSchema } from '../../../src/model/schema.ts';
import { bicepFacts } from './bicep.ts';
import { readTargets } from './generate.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

for (const target of readTargets()) {
  const kind = /^src\/reconcilers\/([^/]+)\/azure\.json$/u.exec(target.place)?.[1];
  const facts = json(target.place) as AzureFacts;
  const types = bicepFacts(target.type, target.apiVersion);
  const known = types && writableLeaves(types);
  const name = (kind ?? target.type).padEnd(70);
  if (kind === undefined) {
    const own = new Set(writableLeaves(facts));
    const lost = known?.filter((leaf) => !own.has(leaf)) ?? [];
    console.log(`${name} types ${known?.length ?? '-'} facts ${own.size} lost ${lost.slice(0, 6).join(' ')}`);
    continue;
  }
  const schema = json(`src/reconcilers/${kind}/schema.json`) as SpecSchema;
  const leaves = known ?? writableLeaves(facts);
  const today = sayable(schema);
  const whole = sayable(effectiveSchema(schema, facts));
  const lost = leaves.filter((leaf) => !canSay(whole, leaf));
  console.log(
    `${name} types ${known?.length ?? '-'} facts ${writableLeaves(facts).length} today ${leaves.filter((leaf) => canSay(today, leaf)).length} whole ${leaves.length - lost.length}${lost.length > 0 ? `\n    ${lost.slice(0, 12).join(' ')}` : ''}`,
  );
}
