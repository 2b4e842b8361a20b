import type { JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { projectCollection } from '../shared/project-documents.ts';

/** A schedule; times are milliseconds of the clock. */
export interface Schedule {
  readonly id: string;
  /** As written and returned, with id, provisioningStatus and systemData. */
  readonly body: JsonObject;
  readonly created: number;
  /** Up to when its runs have been started. */
  readonly settled: number;
}

export function scheduleCollection(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<Schedule>> {
  return projectCollection(project, 'schedules');
}

/** Runs of a schedule as they are returned, oldest first. */
export function scheduleRuns(
  project: Pick<Resource, 'id'>,
  id: string,
): ReturnType<typeof projectCollection<JsonObject>> {
  return projectCollection(project, `schedules/${id}/runs`);
}
