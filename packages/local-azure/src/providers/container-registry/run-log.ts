import type { Engine } from '../../arm/contract.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { registryCollection } from './image-store.ts';

/** The log of one run, as far as it got. */
export interface RunLog {
  readonly text: string;
  /** How the run ended; absent while it is running. */
  readonly complete?: 'successful' | 'failed' | 'canceled';
}

type Registry = Pick<StoredResource, 'id'>;

function logsOf(registry: Registry): ReturnType<typeof registryCollection<RunLog>> {
  return registryCollection<RunLog>(registry, 'logs');
}

export function appendLog(
  { documents }: Engine,
  registry: Registry,
  runId: string,
  lines: readonly string[],
  complete?: RunLog['complete'],
): void {
  const before = logsOf(registry).get(documents, runId)?.text ?? '';
  const text = before + lines.map((line) => `${line}\n`).join('');
  logsOf(registry).put(documents, runId, { text, ...(complete === undefined ? {} : { complete }) });
}

export function readLog({ documents }: Engine, registry: Registry, runId: string): RunLog | undefined {
  return logsOf(registry).get(documents, runId);
}

/** `2026/01/01 00:00:00` */
export function logTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
