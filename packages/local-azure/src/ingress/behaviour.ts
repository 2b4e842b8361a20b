import { arrayAt, textAt } from '../engine/json.ts';
import type { Resource } from '../engine/resources.ts';

/** How the containers of a revision answer. Images are not run: environment variables define it. */
export interface Behaviour {
  /** HTTP status. Default 200. */
  readonly status: number;
  /** Sent instead of the echo. */
  readonly body: string | undefined;
  /** Share of the requests, 0 to 1, that get 500 instead. Default 0. */
  readonly errorRate: number;
  /** Milliseconds that every answer takes. Default 0. */
  readonly latencyMs: number;
}

/**
 * From `LOCAL_STATUS`, `LOCAL_BODY`, `LOCAL_ERROR_RATE` and `LOCAL_LATENCY_MS` of the first container. Values from secrets
 * are not read. Returns what is wrong where a value cannot be used.
 */
export function behaviourOf(revision: Resource): Behaviour | string {
  const variables = arrayAt(arrayAt(revision.writable, 'properties.template.containers')[0], 'env');
  const text = (name: string): string | undefined =>
    textAt(
      variables.find((variable) => textAt(variable, 'name') === name),
      'value',
    );
  const number = (name: string, otherwise: number): number => {
    const found = text(name)?.trim() ?? '';
    return found === '' ? otherwise : Number(found);
  };
  const status = number('LOCAL_STATUS', 200);
  const errorRate = number('LOCAL_ERROR_RATE', 0);
  const latencyMs = number('LOCAL_LATENCY_MS', 0);
  if (!Number.isInteger(status) || status < 200 || status > 599) return 'LOCAL_STATUS must be a status of 200 to 599.';
  if (!(errorRate >= 0 && errorRate <= 1)) return 'LOCAL_ERROR_RATE must be a number of 0 to 1.';
  if (!(latencyMs >= 0 && latencyMs <= LONGEST_MS)) return `LOCAL_LATENCY_MS must be a number of 0 to ${LONGEST_MS}.`;
  return { status, body: text('LOCAL_BODY'), errorRate, latencyMs };
}

const LONGEST_MS = 3_600_000;
