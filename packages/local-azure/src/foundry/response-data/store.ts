import type { Engine } from '../../arm/contract.ts';
import { arrayAt, textAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { projectCollection } from '../shared/project-documents.ts';

/** A response that was kept, with the items that it answered. */
export interface StoredResponse {
  readonly body: JsonObject;
  readonly input: readonly JsonObject[];
}

export function responseCollection(
  project: Pick<Resource, 'id'>,
): ReturnType<typeof projectCollection<StoredResponse>> {
  return projectCollection(project, 'responses');
}

/** 404 when there is none. */
export function requireResponse({ documents }: Engine, project: Resource, id: string, param?: string): StoredResponse {
  const found = responseCollection(project).get(documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `Response with id '${id}' not found.`, param);
}

/** Everything that was said up to and including a response, oldest first. */
export function historyOf(engine: Engine, project: Resource, id: string): JsonObject[] {
  const { body, input } = requireResponse(engine, project, id, 'previous_response_id');
  const previous = textAt(body, 'previous_response_id');
  const before = previous === undefined ? [] : historyOf(engine, project, previous);
  return [...before, ...input, ...(arrayAt(body, 'output') as readonly JsonObject[])];
}
