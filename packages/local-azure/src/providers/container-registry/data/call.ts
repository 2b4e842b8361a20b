import type { Engine } from '../../../arm/contract.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import type { Reply } from '../../../http/reply.ts';
import type { LocalRequest } from '../../../http/request.ts';

/** A request to the API of a registry that exists. */
export interface RegistryCall {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly registry: StoredResource;
  /** Prefix of this registry's paths: empty, or `/acr/{name}`. */
  readonly prefix: string;
  /** The path below, without a slash in front. */
  readonly path: string;
}

/** One operation of the distribution API. */
export interface ImageRoute {
  readonly methods: readonly string[];
  /** Groups: the repository, then what else the path names. */
  readonly path: RegExp;
  /** Permission that the token must grant. */
  readonly access: 'pull' | 'push' | 'delete' | 'catalog';
  readonly handle: (call: RegistryCall, repository: string, name: string) => Reply;
}
