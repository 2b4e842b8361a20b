import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { planDifferences, withoutErrors } from '../../planner/adopt/check.ts';
import { importResource } from '../../planner/adopt/import-one.ts';
import { filesWith } from '../../planner/adopt/overlay.ts';
import { registry } from '../../reconcilers/registry.ts';
import { appendedFiles } from '../adopt/append.ts';
import { showPulled } from '../adopt/report.ts';
import { replaceFiles } from '../adopt/write.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, openEnvironment, type EnvironmentOptions } from '../session.ts';

export interface ImportOptions extends EnvironmentOptions {
  readonly file?: string;
}

/** Appends the manifest of one live resource to a file of the environment. */
export async function importOne(
  io: Io,
  options: ImportOptions,
  kind: string,
  name: string,
  path: string,
): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const { project, environment, scope, graph } = opened.value;
  const { naming } = environment.spec;
  const connection = await connectTo(io, opened.value, options);
  try {
    const { reader } = connection;
    const imported = await importResource({ kind, name, path, graph, scope, naming, kinds: registry, reader });
    if ('code' in imported) return refuse(io, imported, options);
    const files = appendedFiles(project, environment.folder, [imported.draft], options.file);
    if (!(files instanceof Map)) return refuse(io, files, options);
    const checked = withoutErrors([imported.draft], {
      folder: environment.folder,
      kinds: registry,
      filesWith: (drafts) => (drafts.length > 0 ? filesWith(project.files, files) : project.files),
    });
    const [unfit] = checked.omissions;
    if (unfit) return refuse(io, problem('ING6104', `${unfit.what}: ${unfit.reason}`), options);
    const plan = await planDifferences(checked.validated, registry, reader);
    const { id } = imported.draft;
    replaceFiles(project.root, files, []);
    showPulled(io, options.output, {
      environment: environment.name,
      files: [...files.keys()],
      removed: [],
      drafts: checked.drafts,
      omissions: imported.omissions,
      secrets: imported.secrets,
      problems: [],
      plan: plan && {
        differences: plan.differences.filter(({ resource }) => resource === id || resource.startsWith(`${id}/`)),
        refusals: plan.refusals.filter(({ resource }) => resource === id),
      },
    });
    return exitCodes.ok;
  } finally {
    await connection.close();
  }
}

function refuse(io: Io, found: Diagnostic, options: ImportOptions): number {
  reportProblems(io, [found], options);
  return exitCodeFor([found]);
}
