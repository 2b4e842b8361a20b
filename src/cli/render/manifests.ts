import { posix } from 'node:path';
import { Document } from 'yaml';
import type { JsonObject } from '../../model/json.ts';
import type { Draft } from '../../planner/adopt/arrange.ts';

/** Manifests as the text of one file. `folder` is the environment's, from the folder that holds `schema`. */
function manifestFile(documents: readonly JsonObject[], folder: string): string {
  const schema = posix.relative(folder, 'schema/manifest.schema.json');
  return `# yaml-language-server: $schema=${schema}\n${documents.map(manifestText).join('---\n')}`;
}

/** One manifest as YAML. Every text is quoted or escaped as YAML needs it. */
function manifestText(document: JsonObject): string {
  return new Document(document, { version: '1.2', schema: 'core', aliasDuplicateObjects: false }).toString({
    lineWidth: 120,
    indent: 2,
  });
}

/** The text of a file with one more manifest at its end. */
export function appended(before: string, document: JsonObject): string {
  const end = before.endsWith('\n') ? '' : '\n';
  return `${before}${end}---\n${manifestText(document)}`;
}

/** The files that drafts give, by path from the root of the repository. */
export function filesOf(drafts: readonly Draft[], folder: string, prefix = ''): Map<string, string> {
  const at = (name: string): string => posix.join(prefix, folder, name);
  const groups = Map.groupBy(drafts, ({ file }) => file);
  const manifests = [...groups].map(([file, some]): [string, string] => [
    at(file),
    manifestFile(
      some.map(({ document }) => document),
      folder,
    ),
  ]);
  const texts = drafts.flatMap((draft) =>
    Object.entries(draft.texts).map(([name, text]): [string, string] => [at(name), text]),
  );
  return new Map([...manifests, ...texts]);
}
