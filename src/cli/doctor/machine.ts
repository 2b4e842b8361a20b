import { gitVersion, isShallow } from '../../git/facts.ts';
import { readHead } from '../../git/head.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { fail, pass, warn, type Check } from './check.ts';

/** Node, git and the clone. `root`: of the repository; undefined where no project was found. */
export async function machineChecks(nodeVersion: string, cwd: string, root: string | undefined): Promise<Check[]> {
  const version = await gitVersion(cwd);
  const git = version
    ? pass('git', `git ${version}`)
    : fail('git', 'git cannot be run', 'Install git; plans compare with the commit that was applied last.');
  return [nodeCheck(nodeVersion), git, ...(version === undefined || root === undefined ? [] : await cloneChecks(root))];
}

/** Compares with `engines` of package.json, which names the least version as `>=22.13`. */
export function nodeCheck(version: string, least: string = manifest.engines.node.replace('>=', '')): Check {
  const [have, want] = [numbersOf(version), numbersOf(least)];
  const index = want.findIndex((number, place) => number !== (have[place] ?? 0));
  const enough = index === -1 || (have[index] ?? 0) > (want[index] ?? 0);
  if (enough) return pass('node', `Node ${version}`);
  return fail('node', `Node ${version} is too old`, `Install Node ${least} or later.`);
}

function numbersOf(version: string): number[] {
  return version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
}

async function cloneChecks(root: string): Promise<Check[]> {
  const [head, shallow] = await Promise.all([readHead(root, ['.']), isShallow(root)]);
  if (shallow === undefined)
    return [
      warn('repository', `${root} is no Git repository`, 'Without Git drift cannot be told from pending changes.'),
    ];
  return [
    shallow
      ? warn(
          'history',
          'The clone is shallow',
          'In pipelines, check out with fetch-depth: 0; here: git fetch --unshallow',
        )
      : pass('history', 'The clone has its whole history'),
    workTreeCheck(head),
  ];
}

function workTreeCheck({ commit, dirty }: { readonly commit: string | null; readonly dirty: boolean }): Check {
  if (commit === null)
    return warn('work-tree', 'There is no commit yet', 'Commit, so that an apply can name a commit.');
  if (!dirty) return pass('work-tree', `Everything is committed, at ${commit.slice(0, 10)}`);
  return warn(
    'work-tree',
    'Files differ from the commit',
    'An apply of uncommitted files is not recorded: commit first.',
  );
}
