import { nameHint } from '../../planner/load/suggest.ts';
import { join } from 'node:path';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { filesWith } from '../../planner/adopt/overlay.ts';
import { movePointer } from '../../planner/edit/pointer.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import { pullsOf } from '../forge.ts';
import { nowOf, type Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { committedEvidence, evidenceToCommit, findEvidence } from '../promotion/evidence-files.ts';
import { openAt, releasesOf } from '../promotion/files.ts';
import { judge, notAsDeclared, validApprovals, type Judged } from '../promotion/judge.ts';
import { outlookOf } from '../promotion/outlook.ts';
import { propose, type Proposed } from '../promotion/propose.ts';
import { findRelease, openRequest, type FoundRelease, type PromotionRequest } from '../promotion/request.ts';
import { beforeOf } from '../promotion/before.ts';
import { earlierIds } from '../promotion/target.ts';
import { releaseThere, type There } from '../promotion/there.ts';
import { openProject, type Project } from '../project.ts';
import { promotionMarkdown, promotionTitle, type Way } from '../render/promotion.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, stateFolder, type Opened } from '../session.ts';
import { jsonText, styled, type Line } from '../text.ts';

export interface PromoteOptions extends GlobalOptions {
  readonly output?: string;
  readonly release: string;
  readonly from?: string;
  readonly to: string;
  /** Without it the release that the source has. */
  readonly id?: string;
  readonly base?: string;
  readonly evidence?: FilePath;
  readonly offline: boolean;
  readonly rollback: boolean;
  readonly releaseHold: boolean;
}

/** Of a text that no forge has limited. */
const FILE_LIMIT = 65_536;
/** Room for what marks a pull request as ours. */
const MARKER_LENGTH = 200;

/** Proposes that an environment gets a release: one branch and one pull request, or nothing when it has it already. */
export async function promote(io: Io, options: PromoteOptions): Promise<number> {
  const project = openProject(options.cwd);
  const outcome = 'code' in project ? [project] : await attempt(io, project, options);
  if (typeof outcome === 'number') return outcome;
  reportProblems(io, outcome, { ...options, ...('code' in project ? {} : { root: project.root }) });
  return exitCodeFor(outcome);
}

async function attempt(io: Io, project: Project, options: PromoteOptions): Promise<number | readonly Diagnostic[]> {
  const { release: name, to } = options;
  const pulls = options.offline ? undefined : pullsOf(io);
  if (pulls && 'code' in pulls) return [pulls];
  const request = await openRequest(project, options, nowOf(io));
  if (!('target' in request)) return request;
  const source = options.rollback ? undefined : await lookAtSource(io, project, request, options);
  if (typeof source === 'number') return source;
  if (source && !('there' in source)) return source;
  const id = options.id ?? source?.there.id;
  if (id === undefined) return [problem('ING8101', 'Which release? Pass its id with --id')];
  const held = request.environment.environment.pointers.find((one) => one.name === name)?.hold;
  if (request.pointer.id === id && (held === undefined || !options.releaseHold)) return nothing(io, options, id);
  if (held !== undefined && !options.releaseHold && !options.rollback)
    return [problem('ING8111', `${to} is on hold: ${held}`)];
  if (source && source.there.pending.length > 0)
    return [notAsDeclared(source.opened.scope.name, name, source.there.pending)];
  const found = findRelease(
    project,
    request,
    { name, id },
    source && { environment: source.opened.scope.name, there: source.there },
  );
  if (!('release' in found)) return found;
  if (request.all.trust.revoked.releases.includes(id)) return [problem('ING8115', `${name} ${id} was revoked`)];
  const way: Way = request.pointer.id === id ? 'lift' : options.rollback ? 'rollback' : 'promotion';
  const decided =
    way === 'lift'
      ? { problems: [], verified: [], approvals: [] }
      : source
        ? decide(project, request, found.release, source, options)
        : await decideRollback(project, request, id, name);
  if (decided.problems.length > 0) return decided.problems;
  const files = changedFiles(project, request, found, decided, source?.opened.scope.name, way);
  if (!(files instanceof Map)) return files;
  const after = openAt(project, filesWith(request.target.files, files), to);
  if (!('graph' in after)) return after;
  const body = promotionMarkdown({
    release: found.release,
    environment: to,
    from: source?.opened.scope.name,
    before: beforeOf(request, name),
    since: source?.there.since,
    verified: decided.verified,
    approvals: decided.approvals,
    way,
    now: request.now,
    plan: await outlookOf(io, after, options),
    limit: (pulls?.limit ?? FILE_LIMIT) - MARKER_LENGTH,
  });
  const family = `promote/${name}/${to}/`;
  const title = promotionTitle(way, `${name} ${id}`, to);
  const trailers = [`Release-Id: ${id}`, `Release-Name: ${name}`, `Release-Environment: ${to}`];
  const proposed = await propose(
    project,
    request.target,
    { family, branch: family + id, files, title, body: body.text, trailers },
    pulls,
  );
  if ('code' in proposed) return [proposed];
  tell(io, options, title, id, proposed);
  const hint = 'Make the plan of the environment yourself before the pull request is merged.';
  return body.overflow
    ? [problem('ING6202', 'What is destroyed does not fit into the text of the pull request', { hint })]
    : exitCodes.ok;
}

function nothing(io: Io, { release, to, output }: PromoteOptions, id: string): number {
  if (output === 'json') io.write(`${jsonText({ outcome: 'unchanged', release, id, environment: to })}\n`);
  else io.print([`${to} has ${release} ${id} already. Nothing to do.`]);
  return exitCodes.ok;
}

interface Source {
  readonly opened: Opened;
  readonly there: There;
}

/** Reads the environment that the release comes from, as the target branch declares it. */
async function lookAtSource(
  io: Io,
  project: Project,
  { stage, all, promotion, target }: PromotionRequest,
  options: PromoteOptions,
): Promise<Source | number | readonly Diagnostic[]> {
  const [only, second] = stage.from;
  const from = options.from ?? (second === undefined ? only : undefined);
  if (from === undefined || !stage.from.includes(from)) {
    const hint = nameHint(from ?? '', stage.from, 'stages that it comes from');
    return [
      problem('ING8110', `${from ?? 'Nothing'} is not an environment that ${options.release} may come from`, { hint }),
    ];
  }
  const opened = openAt(project, target.files, from);
  if (!('graph' in opened)) return opened;
  const connection = await connectTo(io, opened, options);
  try {
    const planned = await makePlan(io, opened, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    return { opened, there: releaseThere(opened, planned.value, promotion, all) };
  } finally {
    await connection.close();
  }
}

function decide(
  project: Project,
  { stage, promotion, all, target, now }: PromotionRequest,
  release: Parameters<typeof judge>[0]['release'],
  { opened, there }: Source,
  options: PromoteOptions,
): Judged {
  const folder = options.evidence === undefined ? join(stateFolder(project), 'evidence') : options.evidence.absolute;
  return judge({
    release,
    stage,
    source: opened,
    there,
    approvals: promotion.approvals,
    trust: all.trust,
    evidenceOf(gate) {
      const place = { release: release.name, id: release.id, environment: opened.scope.name, gate };
      return [...findEvidence(folder, place), ...committedEvidence(target.files, releasesOf(project), place)];
    },
    now,
  });
}

/** What was in the environment before may come back without evidence: it has shown there what it does. */
async function decideRollback(project: Project, request: PromotionRequest, id: string, name: string): Promise<Judged> {
  const { promotion, stage, pointer, target, now } = request;
  const earlier = await earlierIds(project.root, target, pointer, name);
  const approvals = validApprovals({
    approvals: promotion.approvals,
    release: { name, id, contents: {}, source: {} },
    stage,
    now,
  });
  if (earlier.includes(id)) return { problems: [], verified: [], approvals };
  const hint = earlier.length > 0 ? `It had: ${earlier.join(', ')}.` : 'It had no other release.';
  const message = `${stage.environment} never had ${name} ${id}, so that is not a rollback`;
  return { problems: [problem('ING8110', message, { hint })], verified: [], approvals };
}

/** The pointer, the release where the target branch does not have it, and the evidence that was relied on. */
function changedFiles(
  project: Project,
  { pointer, target }: PromotionRequest,
  { release, text }: FoundRelease,
  { verified }: Judged,
  from: string | undefined,
  way: Way,
): Map<string, string> | readonly Diagnostic[] {
  const hold = way === 'rollback' ? `Rolled back from ${pointer.id}.` : undefined;
  const moved = movePointer(pointer, release.id, hold);
  if (moved.refusal !== undefined) return [problem('ING8114', `${pointer.path} cannot be changed: ${moved.refusal}`)];
  const files = new Map([[pointer.path, moved.text]]);
  const releases = releasesOf(project);
  if (text !== undefined) files.set(`${releases}/${release.name}/${release.id}.yaml`, text);
  for (const { evidence, statement } of verified) {
    const gate = statement.predicate.ingate.gate.slice('EvaluationGate/'.length);
    const place = { release: release.name, id: release.id, environment: from ?? '', gate };
    for (const [name, text] of evidenceToCommit(releases, place, evidence))
      if (!isThere(target.files, name, text)) files.set(name, text);
  }
  return files;
}

function isThere(files: Project['files'], path: string, text: string): boolean {
  return files.stat(path)?.type === 'file' && new TextDecoder().decode(files.read(path)) === text;
}

function tell(io: Io, options: PromoteOptions, title: string, id: string, proposed: Proposed): void {
  if (options.output === 'json') {
    io.write(`${jsonText({ release: options.release, id, environment: options.to, ...proposed })}\n`);
    return;
  }
  const lines: Line[] = [
    [styled('strong', title), `: ${proposed.outcome}`],
    ['  branch ', proposed.branch, `  ${proposed.commit.slice(0, 10)}`],
    ...(proposed.url === undefined ? [] : [['  pull request ', proposed.url] as Line]),
    ...(proposed.bodyFile === undefined ? [] : [['  text for a pull request  ', proposed.bodyFile] as Line]),
    ...(proposed.superseded.length > 0
      ? [[`  closed as superseded: ${proposed.superseded.map((number) => `#${number}`).join(', ')}`] as Line]
      : []),
  ];
  io.print(...lines);
}
