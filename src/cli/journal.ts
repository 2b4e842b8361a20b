import { join } from 'node:path';
import type { JsonObject } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { nameOf, kindOf, type ResourceId } from '../model/resource-id.ts';
import type { ApplyEvent, ApplyResult } from '../reconcilers/apply/events.ts';
import type { Actor } from './actor.ts';
import { appendToFile, saveFile } from './save-file.ts';

/** What one apply did, written as it happens, so that it can be read after a crash. Every method rejects with ING6003. */
export interface Journal {
  readonly path: string;
  record(event: ApplyEvent): void;
  close(result: ApplyResult): void;
}

/** `correlation` names the run in Azure's activity log. */
export interface JournalRunner {
  readonly by: Actor;
  readonly correlation: string;
}

/** Folder of the journals of an environment below the state folder; one file per apply, named by its time. */
export function journalFolder(folder: string, environment: string): string {
  return join(folder, 'journal', environment);
}

/**
 * Opens `journal/<environment>/<time>.ndjson` below the state folder. Holds who ran it, ids, actions and problems; no
 * values. `ingate history` reads it.
 */
export function openJournal(
  folder: string,
  plan: Plan,
  runner: JournalRunner,
  now: () => Date = () => new Date(),
): Journal {
  const directory = journalFolder(folder, plan.environment.name);
  const path = join(directory, `${now().toISOString().replaceAll(':', '-')}.ndjson`);
  const write = (entry: object): void =>
    appendToFile(path, `${JSON.stringify({ time: now().toISOString(), ...entry })}\n`);
  write({
    type: 'begin',
    plan: plan.digest,
    commit: plan.head.commit,
    dirty: plan.head.dirty,
    tool: plan.tool,
    ...runner,
  });
  return {
    path,
    record(event) {
      if (event.type !== 'progress' && event.type !== 'attached') write(event);
    },
    close: (result) => write({ type: 'end', complete: result.complete, interrupted: result.interrupted }),
  };
}

/** Keeps the report of a gate as `reports/<kind>-<name>.json` below the state folder; the last one counts. */
export function keepReport(folder: string, id: ResourceId, document: JsonObject): string {
  const directory = join(folder, 'reports');
  const path = join(directory, `${`${kindOf(id)}-${nameOf(id)}`.replaceAll(/[^A-Za-z0-9-]/g, '_')}.json`);
  saveFile(path, `${JSON.stringify(document, undefined, 2)}\n`);
  return path;
}
