import { hasErrors } from '../../model/diagnostic.ts';
import { validateEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { fail, failedAs, outcomeOf, pass, skip, type Check, type Verdict } from '../doctor/check.ts';
import { machineChecks } from '../doctor/machine.ts';
import { versionChecks } from '../doctor/versions.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { chooseEnvironment, environmentFolder, openProject, type Project } from '../project.ts';
import { connectTo, type EnvironmentOptions, type Opened } from '../session.ts';
import { count, jsonText, styled, type Line, type Style } from '../text.ts';
import { watchFiles, type WatchedFiles } from '../watched-files.ts';

/** Looks at everything that a plan or an apply depends on, and says what to do. Changes nothing. */
export async function doctor(io: Io, options: EnvironmentOptions): Promise<number> {
  const checks = await allChecks(io, options);
  const outcome = outcomeOf(checks);
  if (options.output === 'json') io.write(`${jsonText({ outcome, checks }, 2)}\n`);
  else io.print(...checkLines(checks));
  return outcome === 'ok' ? exitCodes.ok : outcome === 'permission' ? exitCodes.permission : exitCodes.error;
}

async function allChecks(io: Io, options: EnvironmentOptions): Promise<Check[]> {
  const { cwd } = options;
  const project = openProject(cwd);
  const found = 'code' in project ? undefined : project;
  const watched = found && watchFiles(found.files);
  const files = found && watched ? found.environments.map((name) => filesCheck(found, watched, name)) : [];
  const checks = await machineChecks(process.versions.node, cwd, found && { root: found.root, watched });
  if ('code' in project) return [...checks, failedAs('project', project)];
  checks.push(...versionChecks(project.root), projectCheck(project), ...files);
  const chosen = chooseEnvironment(project, options.environment);
  if (typeof chosen !== 'string') {
    const unasked = options.environment === undefined && project.environments.length > 0;
    return [...checks, unasked ? skip('azure', 'Azure was not asked: pass --environment') : failedAs('azure', chosen)];
  }
  const opened = openedOf(project, chosen);
  if (!opened) return [...checks, skip('azure', `Azure was not asked, because the files of ${chosen} are wrong`)];
  return [...checks, ...(await environmentChecks(io, opened, options))];
}

function projectCheck({ folder, environments }: Project): Check {
  if (environments.length === 0)
    return fail('project', `${folder} has no environment`, 'ingate init writes some to start from.');
  return pass('project', `${count(environments.length, 'environment')}: ${environments.join(', ')}`);
}

function filesCheck(project: Project, { files }: WatchedFiles, name: string): Check {
  const { graph, diagnostics } = validateEnvironment({
    files,
    folder: environmentFolder(project, name),
    kinds: registry,
  });
  const errors = diagnostics.filter((one) => one.severity === 'error');
  const id = `files-${name}`;
  if (errors.length === 0) return pass(id, `${name}: ${count(graph.size, 'resource')}`);
  return fail(id, `${name}: ${count(errors.length, 'problem')} in its files`, `ingate validate -e ${name}`);
}

function openedOf(project: Project, name: string): Opened | undefined {
  const folder = environmentFolder(project, name);
  const watched = watchFiles(project.files);
  const { environment, scope, graph, diagnostics } = validateEnvironment({
    files: watched.files,
    folder,
    kinds: registry,
  });
  if (!environment || !scope || hasErrors(diagnostics)) return undefined;
  return { project, environment, scope, graph, watched };
}

async function environmentChecks(io: Io, opened: Opened, options: EnvironmentOptions): Promise<Check[]> {
  const [{ azureChecks }, { planChecks }] = await Promise.all([
    import('../doctor/azure.ts'),
    import('../doctor/plan.ts'),
  ]);
  const connection = await connectTo(io, opened, options);
  try {
    const checks = await azureChecks(opened, connection);
    const reached = !checks.some(
      (check) => ['identity', 'subscription'].includes(check.id) && check.verdict !== 'pass',
    );
    return reached
      ? [...checks, ...(await planChecks(opened, connection))]
      : [...checks, skip('plan', 'No plan was made, because the subscription cannot be reached')];
  } finally {
    await connection.close();
  }
}

const STYLES: Readonly<Record<Verdict, Style>> = { pass: 'add', warn: 'warning', fail: 'error', skip: 'dim' };

function checkLines(checks: readonly Check[]): Line[] {
  const width = Math.max(...checks.map((check) => check.id.length));
  const rows = checks.flatMap(({ id, verdict, message, remedy }): Line[] => [
    [styled(STYLES[verdict], verdict), `  ${id.padEnd(width)}  ${message}`],
    ...(remedy === undefined ? [] : [[' '.repeat(width + 8), styled('dim', remedy)] as Line]),
  ]);
  const number = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  const total = `${number('pass')} passed, ${count(number('warn'), 'warning')}, ${number('fail')} failed, ${number('skip')} not asked.`;
  return [...rows, [], [styled('strong', total)]];
}
