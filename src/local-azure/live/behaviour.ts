import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../engine/engine.ts';
import { arrayAt, textAt } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';

/** What a container is told to do by its environment, since no image really runs. */
export interface Behaviour {
  readonly status: number;
  /** Instead of the JSON that tells who answered. */
  readonly body: string | undefined;
  /** Share of requests that fail with 500, 0 to 1. */
  readonly errorRate: number;
  readonly latencyMs: number;
}

/** `LOCAL_STATUS`, `LOCAL_BODY`, `LOCAL_ERROR_RATE` and `LOCAL_LATENCY_MS` of the first container. */
export function behaviourOf(revision: StoredResource): Behaviour {
  const [container] = arrayAt(revision.writable, 'properties.template.containers');
  const variables = arrayAt(container, 'env');
  const valueOf = (name: string): string | undefined =>
    textAt(
      variables.find((variable) => textAt(variable, 'name') === name),
      'value',
    );
  return {
    status: inRange(valueOf('LOCAL_STATUS'), 200, 599) ?? 200,
    body: valueOf('LOCAL_BODY'),
    errorRate: inRange(valueOf('LOCAL_ERROR_RATE'), 0, 1) ?? 0,
    latencyMs: inRange(valueOf('LOCAL_LATENCY_MS'), 0, 600_000) ?? 0,
  };
}

function inRange(text: string | undefined, from: number, to: number): number | undefined {
  const value = Number(text);
  return text !== undefined && text !== '' && value >= from && value <= to ? value : undefined;
}

interface Failures {
  readonly answered: number;
  readonly failed: number;
}

/** The status of the next answer. Failures are spread evenly, so that their share is exact over many requests. */
export function nextStatus({ documents }: Engine, revision: StoredResource, behaviour: Behaviour): number {
  if (behaviour.errorRate === 0) return behaviour.status;
  const failures = collectionOf<Failures>(`live/${revision.parent.toLowerCase()}`);
  const known = failures.get(documents, revision.name) ?? { answered: 0, failed: 0 };
  const answered = known.answered + 1;
  const fails = answered * behaviour.errorRate - known.failed >= 1 - 1e-9;
  failures.put(documents, revision.name, { answered, failed: known.failed + (fails ? 1 : 0) });
  return fails ? 500 : behaviour.status;
}
