import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where an embedded Azure listens. */
export interface Embedded {
  readonly url: string;
  close(): Promise<void>;
}

interface Running {
  readonly url: string;
  readonly pid: number;
  /** `virtual`: its time stands still until somebody advances it. */
  readonly clock?: 'real' | 'virtual';
}

/**
 * The embedded Azure for an environment with `cloud: local`: the one that `ingate local start` runs for this project, else
 * one in this process, with the same state file, for as long as the command takes.
 */
export async function openEmbedded(subscriptionId: string, stateFolder: string, url?: string): Promise<Embedded> {
  const running = url ?? readRunning(stateFolder)?.url;
  if (running !== undefined) return { url: running, close: () => Promise.resolve() };
  const { startLocalAzure } = await import('@ingate/local-azure');
  mkdirSync(stateFolder, { recursive: true });
  const server = await startLocalAzure({ stateFile: embeddedStateFile(stateFolder), subscriptions: [subscriptionId] });
  return { url: server.url, close: () => server.close() };
}

export function embeddedStateFile(stateFolder: string): string {
  return join(stateFolder, 'local-azure.sqlite');
}

function announcement(stateFolder: string): string {
  return join(stateFolder, 'local-azure.json');
}

/** Lets other commands of the project find a running server; the returned function takes it back. */
export function announceRunning(stateFolder: string, url: string, clock: Running['clock'] = 'real'): () => void {
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(announcement(stateFolder), JSON.stringify({ url, pid: process.pid, clock } satisfies Running));
  return () => rmSync(announcement(stateFolder), { force: true });
}

/** The server that announced itself, if its process still lives. */
export function readRunning(stateFolder: string): Running | undefined {
  try {
    const found = JSON.parse(readFileSync(announcement(stateFolder), 'utf8')) as Running;
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}
