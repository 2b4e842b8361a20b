import { posix } from 'node:path';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Draft } from '../../planner/adopt/arrange.ts';
import { confined } from '../../planner/load/file-fields.ts';
import type { Project } from '../project.ts';
import { appended, manifestFile, textsOf } from '../render/manifests.ts';

/**
 * The files of an environment with drafts at their end, by path from the root: in the file that is wanted, else in that of
 * their area. Long texts go into files of their own, which must not be there yet.
 */
export function appendedFiles(
  { files }: Project,
  folder: string,
  drafts: readonly Draft[],
  wanted?: string,
): Map<string, string> | Diagnostic {
  const chosen = wanted === undefined ? undefined : confined(wanted, folder);
  if (wanted !== undefined && (!chosen?.startsWith(`${folder}/`) || !/\.ya?ml$/.test(chosen)))
    return problem('ING6107', `--file must name a YAML file below ${folder}`);
  const placed = drafts.map((draft) =>
    chosen === undefined ? draft : { ...draft, file: posix.relative(folder, chosen) },
  );
  const result = textsOf(placed, folder);
  const taken = [...result.keys()].find((path) => files.stat(path) !== undefined);
  if (taken !== undefined) return problem('ING6100', `${taken} exists already`);
  for (const [path, some] of Map.groupBy(placed, ({ file }) => posix.join(folder, file))) {
    const there = files.stat(path);
    if (there && there.type !== 'file') return problem('ING6100', `${path} is not a plain file`);
    const documents = some.map(({ document }) => document);
    const before = there ? new TextDecoder().decode(files.read(path)) : '';
    result.set(path, before.trim() === '' ? manifestFile(documents, path) : appended(before, documents));
  }
  return result;
}
