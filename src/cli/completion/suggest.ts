import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../model/json.ts';
import { problems } from '../../model/problems.ts';
import { risks } from '../../model/risks.ts';
import { packagePath } from '../package-folder.ts';
import { openProject, type Project } from '../project.ts';
import { declaredIn } from './declared.ts';
import type { Source } from './sources.ts';

/** A word that could stand at the cursor. */
export interface Suggestion {
  readonly word: string;
  /** What it is, in a few words. */
  readonly text?: string;
}

/** What can be asked of the folder that the command line works in. Nothing throws: without a project there are no names. */
export interface Names {
  readonly project: Project | undefined;
  /** Environments to look for names in: the one that was given, else all. */
  readonly environments: readonly string[];
}

/** @param chosen Environment on the command line or in INGATE_ENVIRONMENT; absent where none is. */
export function namesIn(cwd: string, chosen: string | undefined): Names {
  const opened = openProject(cwd);
  const project = 'environments' in opened ? opened : undefined;
  const all = project?.environments ?? [];
  return { project, environments: chosen !== undefined && all.includes(chosen) ? [chosen] : all };
}

/** Everything that a value may name, whatever was typed already. Files are the shell's own business. */
export function suggestionsOf(source: Source, names: Names, typed: string): Suggestion[] {
  switch (source.of) {
    case 'environment':
      return words(names.project?.environments ?? []);
    case 'resource': {
      const found = declared(names).filter((id) => isOf(id, source.kinds));
      return words([...(source.environments ? (names.project?.environments ?? []) : []), ...found]);
    }
    case 'name':
      return words(
        declared(names)
          .filter((id) => isOf(id, source.kinds))
          .map((id) => id.slice(id.indexOf('/') + 1)),
      );
    case 'release':
      return words(releases(names.project));
    case 'kind':
      return words(kinds());
    case 'subject':
      return subjects(typed);
    case 'shell':
      return words(SHELLS);
    case 'file':
    case 'folder':
    case 'anything':
      return [];
  }
}

/** Shells that there is a script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

function words(all: readonly string[]): Suggestion[] {
  return [...new Set(all)].map((word) => ({ word }));
}

function declared({ project, environments }: Names): string[] {
  return project ? environments.flatMap((environment) => declaredIn(project, environment)) : [];
}

function isOf(id: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.some((kind) => id.startsWith(`${kind}/`));
}

function releases(project: Project | undefined): string[] {
  if (!project) return [];
  try {
    const entries = readdirSync(join(project.folder, 'releases'), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Kinds, fields of the kind that was typed, and codes of problems and risks once their first letters are there. */
function subjects(typed: string): Suggestion[] {
  const steps = typed.split('.');
  if (steps.length > 1) return fields(steps.slice(0, -1));
  const all = kinds().map((word): Suggestion => ({ word }));
  if (!/^(i|r)/i.test(typed)) return all;
  const codes = Object.entries({ ...problems, ...risks }).map(([word, { title }]): Suggestion => ({
    word,
    text: title,
  }));
  return [...all, ...codes];
}

/** From the published schemas, which need no compiling. */
function kinds(): string[] {
  const found = at(schemaOf('manifest'), 'properties', 'kind', 'enum');
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

function fields([kind = '', ...path]: readonly string[]): Suggestion[] {
  const known = kinds().find((one) => one.toLowerCase() === kind.toLowerCase());
  if (known === undefined) return [];
  const schema = schemaOf(known.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase());
  let found: unknown = at(schema, 'properties', 'spec');
  for (const step of path) found = at(itemsOf(resolved(found, schema)), 'properties', step);
  const members = at(itemsOf(resolved(found, schema)), 'properties');
  if (!isObject(members)) return [];
  return Object.entries(members).map(([name, member]): Suggestion => {
    const text = at(resolved(member, schema), 'description');
    return { word: [kind, ...path, name].join('.'), ...(typeof text === 'string' ? { text } : {}) };
  });
}

function schemaOf(name: string): JsonObject {
  try {
    const value: unknown = JSON.parse(readFileSync(packagePath('schema', `${name}.schema.json`), 'utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function resolved(schema: unknown, root: JsonObject): unknown {
  const reference = at(schema, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema;
  return at(root, ...reference.slice(2).split('/'));
}

function itemsOf(schema: unknown): unknown {
  return at(schema, 'items') ?? schema;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), value);
}
