import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { announceRunning } from '../../src/azure/embedded.ts';
import type { Clock } from '../../src/azure/clock.ts';
import type { Io } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run.ts';
import { printLine } from '../../src/cli/text.ts';
import { checkTraffic } from '../../packages/local-azure/test/support/type-check.ts';
import { impatientClock, labClock } from './impatient-clock.ts';
import { startLocalAzure, type LocalAzure, type LocalAzureOptions } from '@ingate/local-azure';

export const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-test`;

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A repository in a temporary folder and an embedded Azure that its commands find. */
export interface Lab {
  readonly root: string;
  readonly azure: LocalAzure;
  /** Runs the command line in this process. */
  ingate(...args: readonly string[]): Promise<Ran>;
  /** Writes files; null removes one. Paths are relative to the repository. */
  write(files: Readonly<Record<string, string | null>>): void;
  /** Commits everything, in a repository that is made at the first call. Resolves to the commit. */
  commit(message: string): string;
  /** Another client: sends one request to Azure with its own hands. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: unknown }>;
  /** Rejects when an answer of the embedded Azure does not fit Azure's own types. */
  close(): Promise<void>;
}

const ENVIRONMENT = `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: dev }
spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: rg-test
  location: swedencentral
`;

export interface LabOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly azure?: LocalAzureOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Time as the commands see it. Unless given, they never wait: the lab's Azure is ready at once. */
  readonly clock?: Clock;
}

/** Long-running operations and jobs stay long-running, but a client that polls at once sees their end. */
const AT_ONCE: NonNullable<LocalAzureOptions['timing']> = {
  operationMs: 1,
  registrationMs: 0,
  revisionMs: 0,
  agentVersionMs: 0,
  evaluationRunMs: 1,
  jobMs: 1,
};

/** Makes a lab with an environment `dev`; `files` are added, or replace what is there. */
export async function createLab({
  files = {},
  azure = {},
  env = {},
  clock = impatientClock(),
}: LabOptions = {}): Promise<Lab> {
  const root = mkdtempSync(join(tmpdir(), 'ingate-'));
  const server = await startLocalAzure({
    clock: labClock(),
    subscriptions: [SUBSCRIPTION],
    ...azure,
    timing: { ...AT_ONCE, ...azure.timing },
  });
  const takeBack = announceRunning(join(root, '.ingate'), server.url);
  const write = (contents: Readonly<Record<string, string | null>>): void => {
    for (const [name, text] of Object.entries(contents)) {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      if (text === null) rmSync(path, { force: true });
      else writeFileSync(path, text);
    }
  };
  write({ 'environments/dev/environment.yaml': ENVIRONMENT, ...files });
  return {
    root,
    azure: server,
    write,
    ingate: (...args) => runInProcess([...args, '--cwd', root], env, clock),
    commit: (message) => commitAll(root, message),
    send: (method, path, body, headers) => send(server.url, method, path, body, headers),
    async close() {
      takeBack();
      const log = server.requests();
      await server.close();
      rmSync(root, { recursive: true, force: true });
      checkTraffic(log, 'responses');
    },
  };
}

/** One shell for all commands of git: starting a process from this one costs more than they do. */
const COMMIT = `
set -e
if [ ! -e .git ]; then
  git init --quiet --template= --initial-branch=main
  mkdir -p .git/info
  echo .ingate/ > .gitignore
fi
git add --all
git commit --quiet --allow-empty --message "$1"
git rev-parse HEAD
`;

function commitAll(root: string, message: string): string {
  return execFileSync('sh', ['-c', COMMIT, 'commit', message], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...AUTHOR },
  }).trim();
}

/** The same files give the same commit; nothing is packed in the background. */
const AUTHOR = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
};

/** Runs the command line in this process, without a lab. */
export async function runInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  clock?: Clock,
): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    env,
    cwd: process.cwd(),
    ...(clock ? { clock } : {}),
    interactive: false,
    print: (...lines) => (out += lines.map((line) => `${printLine(line, false)}\n`).join('')),
    say: (...lines) => (err += lines.map((line) => `${printLine(line, false)}\n`).join('')),
    write: (document) => (out += document),
    ask: () => Promise.reject(new Error('Nobody is there')),
    holdSignals: () => ({ stop: new AbortController().signal, kill: new AbortController().signal }),
  };
  const code = await runCli(args, io);
  return { code, out, err };
}

async function send(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: 'Bearer somebody-else', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
