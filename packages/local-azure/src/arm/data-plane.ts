import type { Directives } from '../engine/faults.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import type { Engine } from './contract.ts';

/** The own API of a resource, found by a path prefix or by the host that it has on Azure. */
export interface DataPlane {
  matches(request: LocalRequest): boolean;
  answer(engine: Engine, request: LocalRequest, directives: Directives): Reply;
  /** Its bodies hold secrets. */
  readonly confidential: boolean;
}
