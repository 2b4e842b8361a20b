import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { warning, type Diagnostic } from '../../model/diagnostic.ts';
import type { Node } from '../../model/graph.ts';
import { segmentsOf, type Pointer } from '../../model/json.ts';
import { inlineSchema } from '../../model/schema.ts';
import { acceptFields, type Acceptance } from '../../planner/edit/accept.ts';
import { confirmed } from '../carry-out.ts';
import { isWanted, unknownDrift } from '../drift-names.ts';
import { driftedFieldsOf } from '../drift-report.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { releasesOf } from '../promotion/files.ts';
import { fileDiff } from '../render/text-diff.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { saveFile } from '../save-file.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions, type Opened } from '../session.ts';
import { count, styled } from '../text.ts';

export interface AcceptOptions extends EnvironmentOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Writes what was changed in Azure into the files, so that Git asks for it from now on. Nothing is written to Azure. */
export async function driftAccept(io: Io, options: AcceptOptions, wanted: readonly string[]): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const unknown = unknownDrift(planned.value.plan.changes, wanted, { deletions: false });
    if (unknown.length > 0) return refuse(io, unknown);
    const acceptances = planned.value.plan.changes.flatMap((change): Acceptance[] => {
      const node = opened.value.graph.get(change.id);
      if (!node) return [];
      const fields = driftedFieldsOf(change).filter((field) => isWanted(change, field, wanted));
      return fields.map((field) => ({
        id: change.id,
        field,
        schema: inlineSchema(node.definition.schema),
        ...decidedBy(opened.value, node, field.field),
      }));
    });
    const { project, environment } = opened.value;
    const { written, refused } = acceptFields({ files: project.files, folder: environment.folder, acceptances });
    for (const [path, text] of written) {
      io.print([styled('strong', path)], ...fileDiff(contentOf(opened.value, path), text, '  '), []);
    }
    const problems = refused.map(({ id, label, reason }) =>
      warning('ING3016', `${id} ${label} is left as it is: ${reason}`, { resource: id }),
    );
    if (problems.length > 0) reportProblems(io, problems, {});
    if (written.size === 0) {
      io.print([acceptances.length === 0 ? 'No drift to accept.' : 'Nothing was accepted.']);
      return acceptances.length === 0 ? exitCodes.ok : exitCodes.error;
    }
    if (options.dryRun) return exitCodes.ok;
    const unconfirmed = options.yes ? undefined : await confirmed(io, QUESTION);
    if (unconfirmed) return refuse(io, [unconfirmed]);
    for (const [path, text] of written) saveFile(join(project.root, path), text, { shown: path });
    io.print([`${count(written.size, 'file')} written. Review and commit; the next apply records it.`]);
    return problems.length > 0 ? exitCodes.incomplete : exitCodes.ok;
  } finally {
    await connection.close();
  }
}

/** The release that decides a field, where one does. */
function decidedBy(
  { project }: Opened,
  { definition, positionOf }: Node,
  field: Pointer,
): Pick<Acceptance, 'decidedBy'> {
  const { file } = positionOf('');
  const isMember = definition.release?.members.includes(segmentsOf(field)[0] ?? '') ?? false;
  return isMember && file.startsWith(`${releasesOf(project)}/`) ? { decidedBy: file } : {};
}

const QUESTION = { question: 'Write these files?', otherwise: 'Pass --yes to write the files without asking.' };

function refuse(io: Io, problems: readonly Diagnostic[]): number {
  reportProblems(io, problems, {});
  return exitCodeFor(problems);
}

function contentOf({ project }: Opened, path: string): string {
  const full = join(project.root, path);
  return existsSync(full) ? readFileSync(full, 'utf8').replace(/\n$/, '') : '';
}
