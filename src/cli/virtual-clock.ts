import { readRunning } from '../azure/embedded.ts';
import type { Io } from './io.ts';
import { stateFolder, type Opened } from './session.ts';
import { styled } from './text.ts';

/**
 * Says that what is about to begin may wait for ever: the embedded Azure that runs for this project has a virtual clock, which
 * only moves when somebody advances it. Prints nothing in every other case.
 */
export function announceVirtualClock(io: Io, { project, scope }: Pick<Opened, 'project' | 'scope'>): void {
  const running = scope.cloud === 'local' ? readRunning(stateFolder(project)) : undefined;
  if (running?.clock !== 'virtual') return;
  io.say([
    styled('warning', 'Virtual clock: '),
    `whatever takes time waits until somebody advances it, with {"advanceMs": 60000} posted to ${running.url}/_local/clock`,
  ]);
}
