import type { DataPlane } from '../arm/data-plane.ts';
import { logAnalyticsPlane } from '../logs/plane.ts';
import { registryPlane } from '../providers/container-registry/data/plane.ts';
import { keyVaultPlane } from '../providers/key-vault/data/plane.ts';
import { batchScoringPlane } from '../providers/machine-learning/data/plane.ts';
import type { LocalRequest } from '../http/request.ts';

const DATA_PLANES: readonly DataPlane[] = [keyVaultPlane, registryPlane, batchScoringPlane, logAnalyticsPlane];

export function findDataPlane(request: LocalRequest): DataPlane | undefined {
  return DATA_PLANES.find((plane) => plane.matches(request));
}
