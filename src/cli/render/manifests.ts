import { posix } from 'node:path';
import { Document } from 'yaml';
import type { JsonObject } from '../../model/json.ts';
import { SCHEMA_FILE } from '../init/environment-files.ts';
import type { Draft } from '../../planner/adopt/arrange.ts';

/** Where editors find the schema, from the folder that holds `environments`. */
const SCHEMA = SCHEMA_FILE;

/** Manifests as the text of one file at `path`, which is from the root of the repository. */
export function manifestFile(documents: readonly JsonObject[], path: string): string {
  return `${modeline(path)}${documents.map(manifestText).join('---\n')}`;
}

/** The text of a file with more manifests at its end. */
export function appended(before: string, documents: readonly JsonObject[]): string {
  const end = before.endsWith('\n') ? '' : '\n';
  return `${before}${end}${documents.map((one) => `---\n${manifestText(one)}`).join('')}`;
}

function modeline(path: string): string {
  const start = path.lastIndexOf('environments/');
  const schema = posix.relative(posix.dirname(path.slice(start)), SCHEMA);
  return `# yaml-language-server: $schema=${schema}\n`;
}

/** One manifest as YAML. Every text is quoted or escaped as YAML needs it. */
function manifestText(document: JsonObject): string {
  return new Document(document, { version: '1.2', schema: 'core', aliasDuplicateObjects: false }).toString({
    lineWidth: 120,
    indent: 2,
  });
}

/** The files that drafts give, by path from the root of the repository. `folder` is the environment's. */
export function filesOf(drafts: readonly Draft[], folder: string): Map<string, string> {
  const manifests = [...Map.groupBy(drafts, ({ file }) => posix.join(folder, file))].map(
    ([path, some]): [string, string] => [
      path,
      manifestFile(
        some.map(({ document }) => document),
        path,
      ),
    ],
  );
  return new Map([...manifests, ...textsOf(drafts, folder)]);
}

/** Long texts beside manifests, by path from the root of the repository. */
export function textsOf(drafts: readonly Draft[], folder: string): Map<string, string> {
  const texts = drafts.flatMap(({ file, texts: own }) =>
    Object.entries(own).map(([name, text]): [string, string] => [posix.join(folder, posix.dirname(file), name), text]),
  );
  return new Map(texts);
}
