import { filesAtCommit } from '../git/commit-files.ts';
import { readHead } from '../git/head.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { AppliedMark, EnvironmentScope } from '../model/kind.ts';
import type { EnvironmentSpec } from '../model/manifest.ts';
import type { BaseSource } from '../planner/base.ts';
import { validateEnvironment } from '../planner/index.ts';
import { registry } from '../reconcilers/registry.ts';

/** Reads what was declared at the commit that Azure names, from this clone or the one it came from. */
export function baseFromGit(root: string, scope: EnvironmentScope): BaseSource {
  return async ({ commit, path, environment }) => {
    const short = commit.slice(0, 10);
    if (environment !== scope.name)
      return { why: `the resource group says that the environment "${environment}" was applied last` };
    const files = await filesAtCommit(root, commit);
    const { missing } = files ? {} : await readHead(root);
    if (missing !== undefined) return { why: `commit ${short}, which was applied last, cannot be read: ${missing}` };
    if (!files)
      return { why: `commit ${short}, which was applied last, is not in this clone and cannot be fetched from origin` };
    const there = validateEnvironment({ files, folder: path, kinds: registry });
    if (!there.scope || hasErrors(there.diagnostics))
      return { why: `the files of commit ${short}, which was applied last, are not valid for this version of ingate` };
    if (there.scope.groupPath.toLowerCase() !== scope.groupPath.toLowerCase())
      return { why: `at commit ${short} the environment was another resource group` };
    return { graph: there.graph };
  };
}

/** The Environment as it was declared at the commit that Azure names; undefined where that cannot be had. */
export async function environmentAt(root: string, { commit, path }: AppliedMark): Promise<EnvironmentSpec | undefined> {
  const files = await filesAtCommit(root, commit);
  return files && validateEnvironment({ files, folder: path, kinds: registry }).environment?.spec;
}
