import { resolve } from 'node:path';
import { mkdirSync, rmSync } from 'node:fs';
import { announceRunning, embeddedStateFile, readRunning } from '../../azure/embedded.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import { validateEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program.ts';
import { environmentFolder, openProject, type Project } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { stateFolder } from '../session.ts';
import { styled } from '../text.ts';

/** Runs the embedded Azure until it is interrupted. Commands of the same project find it by themselves. */
export async function localStart(io: Io, options: GlobalOptions & { readonly port: number }): Promise<number> {
  const project = openProject(resolve(io.cwd, options.cwd));
  if ('code' in project) return refuse(io, project);
  const folder = stateFolder(project);
  const running = readRunning(folder);
  if (running) {
    io.say([`It runs already at ${running.url} (process ${running.pid}).`]);
    return exitCodes.error;
  }
  const { startLocalAzure } = await import('../../local-azure/index.ts');
  mkdirSync(folder, { recursive: true });
  const server = await startLocalAzure({
    port: options.port,
    stateFile: embeddedStateFile(folder),
    subscriptions: localSubscriptions(project),
  });
  const takeBack = announceRunning(folder, server.url);
  const { stop } = io.holdSignals();
  io.print([styled('strong', 'Embedded Azure'), ` at ${server.url}, state in ${folder}`], ['Stop it with Ctrl-C.']);
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  takeBack();
  await server.close();
  return exitCodes.ok;
}

/** Subscriptions of the environments that name the embedded Azure. */
function localSubscriptions(project: Project): string[] {
  const environments = project.environments.map((name) =>
    validateEnvironment({ files: project.files, folder: environmentFolder(project, name), kinds: registry }),
  );
  return environments
    .filter(({ scope, diagnostics }) => scope?.cloud === 'local' && !hasErrors(diagnostics))
    .flatMap(({ scope }) => scope?.subscriptionId ?? []);
}

export async function localStatus(io: Io, options: GlobalOptions): Promise<number> {
  const project = openProject(resolve(io.cwd, options.cwd));
  if ('code' in project) return refuse(io, project);
  const running = readRunning(stateFolder(project));
  if (running) io.print([`Running at ${running.url} (process ${running.pid}).`]);
  else io.print(['Not running on its own; commands start it in their own process.']);
  io.print([`State: ${embeddedStateFile(stateFolder(project))}`]);
  return exitCodes.ok;
}

/** Forgets everything that the embedded Azure of this project holds. */
export async function localReset(io: Io, options: GlobalOptions): Promise<number> {
  const project = openProject(resolve(io.cwd, options.cwd));
  if ('code' in project) return refuse(io, project);
  if (readRunning(stateFolder(project))) {
    io.say(['It is running; stop it first, then reset.']);
    return exitCodes.error;
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(embeddedStateFile(stateFolder(project)) + suffix, { force: true });
  io.print(['The embedded Azure of this project is empty.']);
  return exitCodes.ok;
}

function refuse(io: Io, found: Parameters<typeof reportProblems>[1][number]): number {
  reportProblems(io, [found], {});
  return exitCodeFor([found]);
}
