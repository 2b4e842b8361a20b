import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FactModel } from '../../../src/model/azure-facts.ts';
import { readDeclarations } from './declarations.ts';
import { modelsByMappers, readMappers } from './mappers.ts';
import { modelsBySerializers, readFunctions } from './serializers.ts';

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');

/** Which model of which package says what a resource type is, and where its facts are written. */
export interface Target {
  readonly type: string;
  readonly apiVersion: string;
  readonly package: string;
  /** Name of the model that requests send. */
  readonly model: string;
  /** Name of the model that answers have, where it is another one. */
  readonly reads?: string;
  /** Folder below the package's models, for packages that hold several services. */
  readonly folder?: string;
  /** File that the facts are written to, from the repository's root. */
  readonly place: string;
}

/** What a package says, in whichever of the two forms it has. */
export interface PackageModels {
  readonly version: string;
  readonly apiVersion: string;
  modelsOf(root: string): Record<string, FactModel>;
}

/** Whether the packages are installed here. */
export const isInstalled: boolean = existsSync(join(modules, '@azure'));

const known = new Map<string, Promise<PackageModels>>();

/** Reads a package, once. */
export function packageModels({ package: name, folder }: Target): Promise<PackageModels> {
  const key = `${name} ${folder ?? ''}`;
  const found = known.get(key) ?? read(name, folder);
  known.set(key, found);
  return found;
}

async function read(name: string, folder: string | undefined): Promise<PackageModels> {
  const home = join(modules, name);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const models = ['dist/esm/models', 'dist-esm/src/models', 'esm/models']
    .map((one) => join(home, one))
    .find((one) => existsSync(one));
  if (models === undefined) throw new Error(`${name} has no models in a known place`);
  const apiVersion = apiVersionOf(dirname(models), folder);
  const texts = (ending: string): string[] =>
    filesBelow(models, folder, ending).map((file) => readFileSync(file, 'utf8'));
  const declarations = readDeclarations(texts('.d.ts'));
  const mappersFile = join(models, 'mappers.js');
  if (existsSync(mappersFile)) {
    const mappers = readMappers((await import(pathToFileURL(mappersFile).href)) as Record<string, unknown>);
    return { version, apiVersion, modelsOf: (root) => modelsByMappers(mappers, declarations, root) };
  }
  const functions = readFunctions(texts('.js'));
  return { version, apiVersion, modelsOf: (root) => modelsBySerializers(functions, declarations, root) };
}

/** Files of a service: shared ones first, so that the service's own win. */
function filesBelow(models: string, folder: string | undefined, ending: string): string[] {
  const all = readdirSync(models, { recursive: true, encoding: 'utf8' })
    .filter((one) => one.endsWith(ending))
    .toSorted();
  const shared = (one: string): boolean => /(^|\/)common\//u.test(one) || !one.includes('/');
  const chosen =
    folder === undefined ? all : [...all.filter(shared), ...all.filter((one) => one.startsWith(`${folder}/`))];
  return chosen.map((one) => join(models, one));
}

/** The api-version that a package sends without being told: the one that its code names most often. */
function apiVersionOf(home: string, folder: string | undefined): string {
  const counts = new Map<string, number>();
  for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js') || (folder !== undefined && !file.includes(folder))) continue;
    const text = readFileSync(join(home, file), 'utf8');
    for (const [, version = ''] of text.matchAll(/["'](20\d\d-\d\d-\d\d(?:-preview)?)["']/gu))
      counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || b.localeCompare(a))[0]?.[0] ?? 'unknown';
}
