import { nameHint } from '../../planner/load/suggest.ts';
import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Release, Stage } from '../../model/promotion/types.ts';
import { releaseText } from '../../planner/edit/release-file.ts';
import { findPointer, type PointerPlace } from '../../planner/edit/pointer.ts';
import type { Promotion, Promotions } from '../../planner/promotion.ts';
import { environmentFolder, type Project } from '../project.ts';
import type { Opened } from '../session.ts';
import { openAt, promotionNamed, promotionsOf, releasesOf } from './files.ts';
import type { There } from './there.ts';
import { openTarget, type Target } from './target.ts';

export interface PromotionOptions {
  readonly release: string;
  readonly to: string;
  readonly base?: string;
  readonly offline: boolean;
}

/** A promotion as the target branch knows it. */
export interface PromotionRequest {
  readonly target: Target;
  /** Of the target branch. */
  readonly all: Promotions;
  readonly promotion: Promotion;
  readonly stage: Stage;
  readonly environment: Opened;
  readonly pointer: PointerPlace;
  /** When it is asked for: approvals, soak and age of evidence are judged by it. */
  readonly now: Date;
}

/** Reads the target branch and finds policy, stage, environment and pointer, or says what is missing. */
export async function openRequest(
  project: Project,
  { release, to, base, offline }: PromotionOptions,
  now: Date,
): Promise<PromotionRequest | readonly Diagnostic[]> {
  const target = await openTarget(project, base, offline);
  if ('code' in target) return [target];
  const all = promotionsOf(project, target.files);
  const promotion = promotionNamed(all, release, releasesOf(project));
  if (!('policy' in promotion)) return promotion;
  const stage = promotion.policy.stages.find((one) => one.environment === to && one.from.length > 0);
  if (!stage) {
    const names = promotion.policy.stages.filter((one) => one.from.length > 0).map((one) => one.environment);
    const hint = nameHint(to, names, 'stages that a release comes to');
    return [problem('ING8110', `The policy of ${release} has no stage ${to} that a release could come to`, { hint })];
  }
  const environment = openAt(project, target.files, to);
  if (!('graph' in environment)) return environment;
  const pointer = findPointer(target.files, environmentFolder(project, to), release);
  if (!pointer) return [problem('ING8114', `${environmentFolder(project, to)} has no ReleasePointer named ${release}`)];
  return { target, all, promotion, stage, environment, pointer, now };
}

/** A release with the text of its file where the target branch does not have it, so that the promotion brings it along. */
export interface FoundRelease {
  readonly release: Release;
  readonly text?: string;
}

/** A release by its id: of the target branch, of the work tree, or what the source has at this moment. */
export function findRelease(
  project: Project,
  { all }: Pick<PromotionRequest, 'all'>,
  wanted: Pick<Release, 'name' | 'id'>,
  source: { readonly environment: string; readonly there: There } | undefined,
): FoundRelease | readonly Diagnostic[] {
  const { name, id } = wanted;
  const matches = (one: Release): boolean => one.name === name && one.id === id;
  const known = all.releases.find(matches);
  if (known) return { release: known };
  const here = promotionsOf(project);
  const own = here.releases.find(matches);
  const path = `${releasesOf(project)}/${name}/${id}.yaml`;
  if (own) return { release: own, text: new TextDecoder().decode(project.files.read(path)) };
  const about = here.diagnostics.filter((one) => one.at?.file === path);
  if (hasErrors(about)) return about;
  if (source?.there.id === id) {
    const release = { name, id, contents: source.there.contents, source: { environment: source.environment } };
    return { release, text: releaseText(release) };
  }
  const ids = [...all.releases, ...here.releases].filter((one) => one.name === name).map((one) => one.id);
  const hint = ids.length === 0 ? `Write it: ingate release ${name}` : nameHint(id, [...new Set(ids)], 'releases');
  return [problem('ING8101', `There is no release ${name} ${id}`, { hint })];
}
