import { gitVersion, isShallow } from '../../git/facts.ts';
import { readHead } from '../../git/head.ts';
import { isOlder, LEAST_NODE } from '../node-version.ts';
import { fail, pass, warn, type Check } from './check.ts';

/** Node, git and the clone. `root`: of the repository; undefined where no project was found. */
export async function machineChecks(nodeVersion: string, cwd: string, root: string | undefined): Promise<Check[]> {
  const version = await gitVersion(cwd);
  const git = version
    ? pass('git', `git ${version}`)
    : fail('git', 'git cannot be run', 'Install git; plans compare with the commit that was applied last.');
  return [nodeCheck(nodeVersion), git, ...(version === undefined || root === undefined ? [] : await cloneChecks(root))];
}

/** The version of Node.js against the least that ingate runs on. */
export function nodeCheck(version: string): Check {
  if (!isOlder(version, LEAST_NODE)) return pass('node', `Node ${version}`);
  return fail('node', `Node ${version} is too old`, `Install Node ${LEAST_NODE} or later.`);
}

async function cloneChecks(root: string): Promise<Check[]> {
  const [head, shallow] = await Promise.all([readHead(root, ['.']), isShallow(root)]);
  if (shallow === undefined)
    return [
      warn('repository', `${root} is not a Git repository`, 'Without Git drift cannot be told from pending changes.'),
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
