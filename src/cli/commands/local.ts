import { mkdirSync, rmSync } from 'node:fs';
import { announceRunning, embeddedStateFile, readRunning } from '../../azure/embedded.ts';
import type { LocalAzure } from '@ingate/local-azure';
import { isObject, valueAt } from '../../model/json.ts';
import { readDrafts } from '../../planner/load/extends.ts';
import { exitCodes, signalCode } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { environmentFolder, openProject, type Project } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { stateFolder } from '../session.ts';
import { count, styled, type Line } from '../text.ts';

interface LocalOptions extends GlobalOptions {
  /** Folder of the state. Default: that of the project. */
  readonly state?: FilePath;
}

export interface StartOptions extends LocalOptions {
  readonly port: number;
  readonly tls: boolean;
  readonly seed?: FilePath;
  readonly faults?: FilePath;
  readonly throttle: boolean;
  readonly virtualClock: boolean;
}

/** Where the embedded Azure keeps its state. With a folder of its own it needs no project. */
interface Home {
  readonly folder: string;
  readonly project: Project | undefined;
}

function openHome(io: Io, options: LocalOptions): Home | { readonly exitCode: number } {
  const root = options.cwd;
  const project = openProject(root);
  const found = 'code' in project ? undefined : project;
  if (options.state !== undefined) return { folder: options.state.absolute, project: found };
  if (found) return { folder: stateFolder(found), project: found };
  const problems = 'code' in project ? [project] : [];
  reportProblems(io, problems, {});
  return { exitCode: exitCodeFor(problems) };
}

/** Runs the embedded Azure until it is interrupted. Commands of the same project find it by themselves. */
export async function localStart(io: Io, options: StartOptions): Promise<number> {
  const home = openHome(io, options);
  if ('exitCode' in home) return home.exitCode;
  const running = readRunning(home.folder);
  if (running) {
    io.say([`It runs already at ${running.url} (process ${running.pid}).`]);
    return exitCodes.error;
  }
  const { stop } = io.holdSignals();
  const server = await startServer(home, options).catch((error: unknown) => {
    io.say([styled('error', 'It does not start: '), reasonOf(error, options.port)]);
  });
  if (!server) return exitCodes.error;
  const takeBack = announceRunning(home.folder, server.url, server.clock.kind);
  io.print(...greeting(server, home.folder));
  if (!stop.aborted) await new Promise<void>((done) => stop.addEventListener('abort', () => done(), { once: true }));
  takeBack();
  await server.close();
  return signalCode(stop.reason);
}

/** Without Retry-After az and the SDKs for Python wait half a minute between polls; whole seconds are too long for others. */
const POLLING = { retryAfterSeconds: 1, retryAfterMs: 100 };

async function startServer({ folder, project }: Home, options: StartOptions): Promise<LocalAzure> {
  const { startLocalAzure, createVirtualClock } = await import('@ingate/local-azure');
  mkdirSync(folder, { recursive: true });
  return await startLocalAzure({
    port: options.port,
    tls: options.tls,
    certificateFolder: folder,
    stateFile: embeddedStateFile(folder),
    subscriptions: project ? localSubscriptions(project) : [],
    throttling: options.throttle,
    timing: POLLING,
    ...(options.seed === undefined ? {} : { seedFile: options.seed.absolute }),
    ...(options.faults === undefined ? {} : { faultsFile: options.faults.absolute }),
    ...(options.virtualClock ? { clock: createVirtualClock(Date.now()) } : {}),
  });
}

function reasonOf(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' ? `port ${port} is taken; choose another with --port` : message;
}

function greeting({ url, tls, subscriptionId, tenantId }: LocalAzure, folder: string): Line[] {
  return [
    [styled('strong', 'Embedded Azure'), ` at ${url}, state in ${folder}`],
    ...(tls ? [[`TLS at ${tls.url}, certificate to trust: ${tls.certificateFile ?? ''}`]] : []),
    [`Subscription ${subscriptionId}, tenant ${tenantId}`],
    ['Open it in a browser to see what it holds. Stop it with Ctrl-C.'],
  ];
}

/** Subscriptions of the environments that name the embedded Azure. Nothing else of them is read or checked. */
function localSubscriptions(project: Project): string[] {
  const specs = project.environments.flatMap((name) =>
    readDrafts(environmentFolder(project, name), {
      files: project.files,
      knownKinds: ['Environment'],
      diagnostics: [],
    }).map(({ kind, value }) => (kind === 'Environment' ? valueAt(value, '/spec') : undefined)),
  );
  return specs.flatMap((spec) => {
    if (!isObject(spec) || spec['cloud'] !== 'local') return [];
    return typeof spec['subscriptionId'] === 'string' ? [spec['subscriptionId']] : [];
  });
}

/** What the server says about its content. */
interface Summary {
  readonly resources: number;
  readonly types: Readonly<Record<string, number>>;
}

export async function localStatus(io: Io, options: LocalOptions): Promise<number> {
  const home = openHome(io, options);
  if ('exitCode' in home) return home.exitCode;
  const running = readRunning(home.folder);
  const stateFile = embeddedStateFile(home.folder);
  if (running) io.print([`Running at ${running.url} (process ${running.pid}).`]);
  else io.print(['Not running on its own; commands start it in their own process.']);
  io.print([`State: ${stateFile}`]);
  const { readSummary } = await import('@ingate/local-azure');
  io.print(...contentLines(readSummary(stateFile) as Summary | undefined));
  return exitCodes.ok;
}

function contentLines(summary: Summary | undefined): Line[] {
  if (!summary || summary.resources === 0) return [['It holds nothing.']];
  const types = Object.entries(summary.types);
  return [
    [`It holds ${count(summary.resources, 'resource')}:`],
    ...types.map(([type, number]): Line => [`${String(number).padStart(6)} ${type}`]),
  ];
}

/** Forgets everything that the embedded Azure of this project holds; one that runs goes back to its seed. */
export async function localReset(io: Io, options: LocalOptions): Promise<number> {
  const home = openHome(io, options);
  if ('exitCode' in home) return home.exitCode;
  const running = readRunning(home.folder);
  if (running) return await resetRunning(io, running.url);
  for (const suffix of ['', '-wal', '-shm']) rmSync(embeddedStateFile(home.folder) + suffix, { force: true });
  io.print(['The embedded Azure of this project is empty.']);
  return exitCodes.ok;
}

async function resetRunning(io: Io, url: string): Promise<number> {
  const answer = await fetch(`${url}/_local/reset`, { method: 'POST' }).catch(() => undefined);
  if (answer?.ok) {
    io.print([`The embedded Azure at ${url} is as new.`]);
    return exitCodes.ok;
  }
  io.say([`The embedded Azure at ${url} does not answer; stop it, then reset.`]);
  return exitCodes.error;
}
