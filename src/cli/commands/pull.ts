import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { EnvironmentScope } from '../../model/kind.ts';
import type { Cloud } from '../../model/manifest.ts';
import { regionId } from '../../model/region.ts';
import { pullGroup, type Pulled } from '../../planner/adopt/index.ts';
import { isLoss } from '../../planner/adopt/subject.ts';
import { planDifferences, withoutErrors } from '../../planner/adopt/check.ts';
import { filesWith } from '../../planner/adopt/overlay.ts';
import { registry } from '../../reconcilers/registry.ts';
import { pullAgents } from '../adopt/pull-agents.ts';
import { showPulled } from '../adopt/report.ts';
import { projectAt, targetFolder, type Target } from '../adopt/target.ts';
import { replaceFiles } from '../adopt/write.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import type { Project } from '../project.ts';
import { filesOf } from '../render/manifests.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, declaredScope, type EnvironmentOptions } from '../session.ts';

export interface PullOptions extends EnvironmentOptions {
  readonly resourceGroup?: string;
  readonly subscription?: string;
  readonly location?: string;
  readonly cloud?: Cloud;
  readonly force: boolean;
  readonly from?: FilePath;
  readonly project?: string;
}

/** Writes manifests for everything in a resource group, after checking that they are right, or for the agents of files. */
export async function pull(io: Io, options: PullOptions): Promise<number> {
  const { from } = options;
  if (from !== undefined) return pullAgents(io, { ...options, from });
  const project = projectAt(options.cwd);
  const scope = scopeFor(project, options, io);
  if ('code' in scope) return refuse(io, scope, options);
  const target = await targetFolder(project, scope.name, options.force);
  if ('code' in target) return refuse(io, target, options);
  const connection = await connectTo(io, { project, scope }, options);
  try {
    const pulled = await pullGroup({ scope, kinds: registry, reader: connection.reader });
    if ('code' in pulled) return refuse(io, pulled, options);
    const elsewhere = wrongLocation(pulled.location, options.location);
    if (elsewhere) return refuse(io, elsewhere, options);
    const { checked, files, removed } = check(project, target, pulled);
    if (hasErrors(checked.validated.diagnostics)) return refuse(io, checked.validated.diagnostics, options);
    const plan = await planDifferences(checked.validated, registry, connection.reader);
    replaceFiles(project.root, files, removed);
    const omissions = [...pulled.omissions, ...checked.omissions];
    showPulled(io, options.output, {
      environment: scope.name,
      files: [...files.keys()],
      removed,
      drafts: checked.drafts,
      omissions,
      secrets: pulled.secrets.filter(({ resource }) =>
        checked.drafts.some(({ id }) => resource === id || resource.startsWith(`${id}/`)),
      ),
      problems: pulled.problems,
      plan,
    });
    return omissions.some(isLoss) || pulled.problems.length > 0 ? exitCodes.incomplete : exitCodes.ok;
  } finally {
    await connection.close();
  }
}

function refuse(io: Io, found: Diagnostic | readonly Diagnostic[], options: PullOptions): number {
  const diagnostics = 'code' in found ? [found] : found;
  reportProblems(io, diagnostics, options);
  return exitCodeFor(diagnostics);
}

/** Where to read: what the command line says, else what the environment's own document says. */
function scopeFor(project: Project, options: PullOptions, io: Io): EnvironmentScope | Diagnostic {
  const name = options.environment;
  if (name === undefined) return problem('ING1002', 'Which environment? Pass it with --environment');
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    return problem('ING1002', 'The name of an environment has lower-case letters, digits and dashes');
  const known = project.environments.includes(name) ? declaredScope(project, name) : undefined;
  const resourceGroup = options.resourceGroup ?? known?.resourceGroup;
  const subscriptionId = options.subscription ?? known?.subscriptionId;
  if (resourceGroup === undefined || subscriptionId === undefined)
    return problem(
      'ING6105',
      'Which subscription and resource group? Pass them with --subscription and --resource-group',
    );
  return {
    name,
    cloud: options.cloud ?? known?.cloud ?? 'public',
    subscriptionId,
    tenantId: known?.tenantId ?? io.env['AZURE_TENANT_ID'],
    resourceGroup,
    groupPath: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
    location: '',
    tags: {},
  };
}

/** A resource group lies where it lies; saying where it should be guards against the wrong one. */
function wrongLocation(live: string, wanted: string | undefined): Diagnostic | undefined {
  return wanted === undefined || regionId(wanted) === regionId(live)
    ? undefined
    : problem('ING6101', `The resource group lies in ${live}, not in ${wanted}`);
}

/** The files as they will be, without what does not fit. */
function check(project: Project, { folder, present }: Target, pulled: Pulled) {
  const write = (drafts: Pulled['drafts']) => filesOf(drafts, folder);
  const filesFor = (drafts: Pulled['drafts']) => filesWith(project.files, write(drafts), new Set(present));
  const checked = withoutErrors(pulled.drafts, { folder, kinds: registry, filesWith: filesFor });
  const files = write(checked.drafts);
  return { checked, files, removed: present.filter((path) => !files.has(path)) };
}
