import type { Head } from '../../model/plan.ts';
import { gitVersion, isShallow } from '../../git/facts.ts';
import { readHead, type Dependencies } from '../../git/head.ts';
import { fittedNames } from '../render/fit.ts';
import { isOlder, LEAST_NODE } from '../node-version.ts';
import { fail, pass, warn, type Check } from './check.ts';

/** A clone, and the files that its environments depend on. */
export interface Clone {
  readonly root: string;
  readonly watched?: Dependencies | undefined;
}

/** Node, git and the clone; `clone` is undefined where no project was found. */
export async function machineChecks(nodeVersion: string, cwd: string, clone: Clone | undefined): Promise<Check[]> {
  const version = await gitVersion(cwd);
  const git = version
    ? pass('git', `git ${version}`)
    : fail('git', 'git cannot be run', 'Install git; plans compare with the commit that was applied last.');
  return [
    nodeCheck(nodeVersion),
    git,
    ...(version === undefined || clone === undefined ? [] : await cloneChecks(clone)),
  ];
}

/** The version of Node.js against the least that ingate runs on. */
export function nodeCheck(version: string): Check {
  if (!isOlder(version, LEAST_NODE)) return pass('node', `Node ${version}`);
  return fail('node', `Node ${version} is too old`, `Install Node ${LEAST_NODE} or later.`);
}

async function cloneChecks({ root, watched }: Clone): Promise<Check[]> {
  const [head, shallow] = await Promise.all([readHead(root, watched), isShallow(root)]);
  if (shallow === undefined)
    return [
      warn(
        'repository',
        `No commit can be read: ${head.missing ?? root}`,
        'Without Git drift cannot be told from pending changes.',
      ),
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

function workTreeCheck({ commit, dirty, changed = [] }: Head): Check {
  if (commit === null)
    return warn('work-tree', 'There is no commit yet', 'Commit, so that an apply can name a commit.');
  if (!dirty) return pass('work-tree', `Everything is committed, at ${commit.slice(0, 10)}`);
  return warn(
    'work-tree',
    `Uncommitted changes in ${fittedNames(changed, 80)}`,
    'An apply of uncommitted files is not recorded: commit first.',
  );
}
