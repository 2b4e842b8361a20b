import { join } from 'node:path';
import { ForgeError } from '../../forge/request.ts';
import { postPull, type Pulls } from '../../forge/pulls.ts';
import {
  commitOf,
  fetchBranch,
  GitError,
  isCommitOf,
  pushBranch,
  remoteCommit,
  setBranch,
  writeCommit,
} from '../../git/branch.ts';
import { git } from '../../git/run.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { forgeProblem } from '../commands/comment.ts';
import { fromRoot } from './files.ts';
import type { Project } from '../project.ts';
import { saveFile } from '../save-file.ts';
import { stateFolder } from '../session.ts';
import type { Target } from './target.ts';

/** A change that waits for a review. */
export interface Proposal {
  /** Branches of the same release and environment begin with it. */
  readonly family: string;
  readonly branch: string;
  readonly files: ReadonlyMap<string, string>;
  readonly title: string;
  readonly body: string;
  /** Last lines of the commit message, such as `Release-Id: …`. */
  readonly trailers: readonly string[];
}

export interface Proposed {
  readonly branch: string;
  readonly commit: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Of the pull request; undefined where there is none. */
  readonly url?: string;
  /** File with the text for a pull request, where none was opened. */
  readonly bodyFile?: string;
  readonly superseded: readonly number[];
}

/** Makes branch and pull request, or finds that they are there as they should be. `pulls` undefined: offline. */
export async function propose(
  project: Project,
  target: Target,
  proposal: Proposal,
  pulls: Pulls | undefined,
): Promise<Proposed | Diagnostic> {
  try {
    return await (pulls ? online(project, target, proposal, pulls) : offline(project, target, proposal));
  } catch (error) {
    if (error instanceof GitError) return problem('ING8113', error.message);
    if (error instanceof ForgeError) return forgeProblem(error);
    throw error;
  }
}

function messageOf({ title, trailers }: Proposal): string {
  return `${title}\n\n${trailers.join('\n')}\n`;
}

/** The commit of the branch where it is what is wanted, else a new one on the target branch. */
async function commitFor(root: string, target: Target, proposal: Proposal, known: string | undefined) {
  const wanted = { files: proposal.files, message: messageOf(proposal) };
  if (known !== undefined && (await isCommitOf(root, known, target.commit, wanted)))
    return { commit: known, isNew: false };
  return { commit: await writeCommit(root, { ...wanted, parent: target.commit }), isNew: true };
}

async function offline(project: Project, target: Target, proposal: Proposal): Promise<Proposed | Diagnostic> {
  const { root } = project;
  const known = await commitOf(root, `refs/heads/${proposal.branch}`);
  const refused = known === undefined ? undefined : await somebodyElse(root, target, proposal, known);
  if (refused) return refused;
  const { commit, isNew } = await commitFor(root, target, proposal, known);
  if (isNew) await setBranch(root, proposal.branch, commit);
  const path = join(stateFolder(project), 'promotions', `${proposal.branch.replaceAll('/', '-')}.md`);
  saveFile(path, `${proposal.body}\n`);
  const outcome = isNew ? (known === undefined ? 'created' : 'updated') : 'unchanged';
  return { branch: proposal.branch, commit, outcome, bodyFile: fromRoot(project, path), superseded: [] };
}

async function online(
  { root }: Project,
  target: Target,
  proposal: Proposal,
  pulls: Pulls,
): Promise<Proposed | Diagnostic> {
  const known = await remoteCommit(root, proposal.branch);
  if (known !== undefined) await fetchBranch(root, proposal.branch);
  const refused = known === undefined ? undefined : await somebodyElse(root, target, proposal, known);
  if (refused) return refused;
  const { commit, isNew } = await commitFor(root, target, proposal, known);
  if (isNew) await pushBranch(root, proposal.branch, commit, known);
  const { family, branch, title, body } = proposal;
  const posted = await postPull(pulls, { family, head: branch, base: target.base, title, body });
  const outcome = posted.outcome === 'unchanged' && isNew ? 'updated' : posted.outcome;
  return { branch, commit, outcome, url: posted.url, superseded: posted.superseded };
}

/** A branch that holds anything but one commit of ours is left alone. */
async function somebodyElse(
  root: string,
  target: Target,
  { branch }: Proposal,
  known: string,
): Promise<Diagnostic | undefined> {
  const message = await git(root, 'log', '-1', '--format=%B', known);
  const isOnBase = (await git(root, 'merge-base', '--is-ancestor', `${known}^`, target.commit)) !== undefined;
  if (isOnBase && /^Release-Id: /m.test(message ?? '')) return undefined;
  return problem('ING8113', `The branch ${branch} has commits that are not from here`, {
    hint: 'Merge or close its pull request and delete the branch.',
  });
}
