import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';

/** Prefix of the names of all collections that the data plane keeps for a project. */
export function projectPrefix({ id }: Pick<Resource, 'id'>): string {
  return `${id}#`;
}

/** Forgets everything that the data plane keeps for a project. */
export function forgetProject({ documents }: Engine, project: Resource): void {
  documents.deleteAll(projectPrefix(project));
}
