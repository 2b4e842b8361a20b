import type { Engine } from '../engine/engine.ts';
import type { Directives } from '../engine/faults.ts';
import { logAnalyticsPlane } from '../logs/plane.ts';
import { registryPlane } from '../providers/container-registry/data/plane.ts';
import { keyVaultPlane } from '../providers/key-vault/data/plane.ts';
import { batchScoringPlane } from '../providers/machine-learning/data/plane.ts';
import type { Reply } from './reply.ts';
import type { LocalRequest } from './request.ts';

/** The own API of a resource, found by a path prefix or by the host that it has on Azure. */
export interface DataPlane {
  matches(request: LocalRequest): boolean;
  answer(engine: Engine, request: LocalRequest, directives: Directives): Reply;
  /** Its bodies hold secrets. */
  readonly confidential: boolean;
}

const DATA_PLANES: readonly DataPlane[] = [keyVaultPlane, registryPlane, batchScoringPlane, logAnalyticsPlane];

export function findDataPlane(request: LocalRequest): DataPlane | undefined {
  return DATA_PLANES.find((plane) => plane.matches(request));
}
