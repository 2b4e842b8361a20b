import type { JsonObject } from '../json.ts';
import type { Site } from '../kind.ts';

/** How a release carries resources of a kind. */
export interface ReleaseForm<Spec extends object = object> {
  /** Members of `spec` that a release decides; what the files of an environment say in them does not count then. */
  readonly members: readonly string[];
  /**
   * What a release carries, spelled so that it means the same in every environment. `spec` still has `valueFrom`.
   * Undefined while part of it is not known, such as the digest of an image that was not built.
   */
  contents(spec: JsonObject, site: Site<Spec>): JsonObject | undefined;
}
