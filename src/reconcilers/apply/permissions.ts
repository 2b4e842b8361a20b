import { isAzureError } from '../../model/azure.ts';
import type { WriteContext } from '../../model/kind.ts';

/** A role that was just granted takes minutes to work everywhere. */
const PATIENCE = 10 * 60_000;
const PAUSES = [1000, 2000, 5000, 10_000, 20_000, 30_000];

/** Waits out refusals that a role granted by this very run explains; any other refusal is final at once. */
export interface NewRoles {
  granted(): void;
  patiently<T>(context: WriteContext, write: () => Promise<T>): Promise<T>;
}

/** `stop` ends the wait for the next try: nothing is under way by then. */
export function patientWithNewRoles(now: () => number, stop: AbortSignal): NewRoles {
  let grantedAt: number | undefined;
  return {
    granted() {
      grantedAt = now();
    },
    async patiently(context, write) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await write();
        } catch (error) {
          const refused = isAzureError(error) && error.details.status === 403;
          if (!refused || grantedAt === undefined || now() > grantedAt + PATIENCE) throw error;
          context.report('waiting until the new role assignment works');
          const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 0;
          await context.azure.sleep(pause, AbortSignal.any([stop, context.signal]));
        }
      }
    },
  };
}
