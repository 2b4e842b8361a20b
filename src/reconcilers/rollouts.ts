import { agentRollouts } from './agent/rollout/write.ts';
import { appRollouts } from './container-app/rollout/write.ts';
import type { RolloutKind } from './shared/rollout/kind.ts';

/** Kinds whose changes reach the users in steps. */
export const rolloutKinds: ReadonlyMap<string, RolloutKind> = new Map([
  ['Agent', agentRollouts],
  ['ContainerApp', appRollouts],
]);
