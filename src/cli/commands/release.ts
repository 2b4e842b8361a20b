import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Release } from '../../model/promotion/types.ts';
import { resourceId } from '../../model/resource-id.ts';
import { environment as environmentKind } from '../../reconcilers/environment/index.ts';
import { releaseText } from '../../planner/edit/release-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { promotionNamed, promotionsOf, releasesOf } from '../promotion/files.ts';
import { releaseThere } from '../promotion/there.ts';
import { openProject } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { saveFile } from '../save-file.ts';
import { connectTo, makePlan, openEnvironment } from '../session.ts';
import { jsonText, styled } from '../text.ts';

export interface ReleaseOptions extends GlobalOptions {
  readonly output?: string;
  /** The environment that makes releases by the policy, without it. */
  readonly from?: string;
}

/** Writes what an environment really has as a release. The same contents give the same file, so doing it twice is doing it once. */
export async function release(io: Io, options: ReleaseOptions, name: string): Promise<number> {
  const refuse = (problems: readonly Diagnostic[]): number => {
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  };
  const project = openProject(options.cwd);
  if ('code' in project) return refuse([project]);
  const all = promotionsOf(project);
  const promotion = promotionNamed(all, name, releasesOf(project));
  if (!('policy' in promotion)) return refuse(promotion);
  const from = options.from ?? promotion.policy.stages.find((stage) => stage.from.length === 0)?.environment ?? '';
  const opened = openEnvironment(io, { ...options, environment: from });
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const { id, contents, pending } = releaseThere(opened.value, planned.value, promotion, all);
    if (id === undefined || pending.length > 0)
      return refuse([
        problem('ING8107', `${from} does not have it: ${pending.join(', ')}`, { hint: `Run: ingate apply -e ${from}` }),
      ]);
    const group = planned.value.state.live.get(resourceId('Environment', from))?.body;
    const applied = group && environmentKind.appliedMark?.(group);
    const source = { environment: from, ...(applied ? { commit: applied.commit } : {}) };
    const path = `${releasesOf(project)}/${name}/${id}.yaml`;
    const written = writeOnce(join(project.root, path), { name, id, contents, source });
    if (options.output === 'json') io.write(`${jsonText({ release: name, id, file: path, written })}\n`);
    else io.print([styled('strong', `${name} ${id}`), `  ${path}${written ? '' : ' was there already'}`]);
    return exitCodes.ok;
  } finally {
    await connection.close();
  }
}

/** Contents decide the name, so a file that is there is left as it is. */
function writeOnce(path: string, release: Release): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') !== '') return false;
  saveFile(path, releaseText(release));
  return true;
}
