// Writes azure.json of every target. With --mend also the corrections, from the type data at AZURE_TYPES_DIR.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AzureFacts } from '../../../src/model/azure-facts.ts';
import { bicepFacts } from './bicep.ts';
import { buildFacts, pruned, rawFacts } from './build.ts';
import { mended, mendsFor, type Mends } from './mends.ts';
import type { Target } from './package-models.ts';
import { factsText } from './text.ts';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(home, '..', '..');

/** Every type that facts are written for. */
export function readTargets(): readonly Target[] {
  return JSON.parse(readFileSync(join(home, 'targets.json'), 'utf8')) as Target[];
}

function mendsFile({ type }: Target): string {
  return join(home, 'mends', `${type.replaceAll('/', '.').toLowerCase()}.json`);
}

/** The committed corrections of a target. */
function readMends(target: Target): Mends | undefined {
  const file = mendsFile(target);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Mends) : undefined;
}

/** By type: what the service does although both sources say otherwise. */
const corrections = JSON.parse(readFileSync(join(home, 'corrections.json'), 'utf8')) as Readonly<
  Record<string, Pick<Mends, 'set'>>
>;

/** What a target's file has to hold. */
export async function generated(target: Target): Promise<string> {
  if (target.package === TYPE_DATA) return fromTypeData(target);
  return factsText(corrected(await buildFacts(target, readMends(target))));
}

/** Source of the types that no npm package has. */
const TYPE_DATA = 'Azure/bicep-types-az';

/** Facts by the type data alone; where that is not at hand, what is committed. */
function fromTypeData({ type, apiVersion, place }: Target): string {
  const facts = bicepFacts(type, apiVersion);
  if (!facts) return readFileSync(join(root, place), 'utf8');
  return factsText(corrected(pruned(facts)));
}

function corrected(facts: AzureFacts): AzureFacts {
  const { set = {} } = corrections[facts.type] ?? {};
  for (const [model, members] of Object.entries(set))
    for (const name of Object.keys(members))
      if (!facts.models[model]?.properties[name])
        throw new Error(`corrections.json: ${facts.type} has no ${model}.${name}`);
  return mended(facts, { set });
}

async function mend(target: Target): Promise<void> {
  if (target.package === TYPE_DATA) return;
  const types = bicepFacts(target.type, target.apiVersion);
  if (!types) return console.log(`no type data of ${target.type}@${target.apiVersion}`);
  const raw = await rawFacts(target);
  const { package: name, version, apiVersion } = raw.source;
  const reason =
    apiVersion === target.apiVersion
      ? `${name} ${version} leaves out or hides what the type data of ${apiVersion} says.`
      : `${name} ${version} speaks ${apiVersion}; ${target.apiVersion} is what is sent.`;
  const mends = mendsFor(raw, types, reason);
  const file = mendsFile(target);
  if (!mends) return rmSync(file, { force: true });
  write(file, `${JSON.stringify(mends, null, 1)}\n`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const target of readTargets())
    try {
      if (process.argv.includes('--mend')) await mend(target);
      write(join(root, target.place), await generated(target));
    } catch (error) {
      console.error(`${target.type}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
