import { arrayAt, sameText, textAt, valueAt } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';

/** One rule of an app's traffic, with the revision that `latestRevision` stands for at the moment. */
export interface TrafficShare {
  /** Empty while an app has no revision. */
  readonly revision: string;
  /** Percent; the weights of an app sum to 100. */
  readonly weight: number;
  /** Absent: none. */
  readonly label?: string;
}

export function isSingle(app: Resource): boolean {
  return sameText(textAt(app.writable, 'properties.configuration.activeRevisionsMode') ?? 'Single', 'Single');
}

/**
 * Who gets the requests of an app, in the order of its rules; empty without ingress. In Single mode everything goes to the
 * latest ready revision whatever the rules say (**unverified**).
 */
export function trafficOf(app: Resource): readonly TrafficShare[] {
  const rules = arrayAt(app.writable, 'properties.configuration.ingress.traffic');
  if (rules.length > 0 && isSingle(app)) return [{ revision: latestReady(app), weight: 100 }];
  return rules.map((rule) => {
    const label = textAt(rule, 'label') ?? '';
    return {
      revision: valueAt(rule, 'latestRevision') === true ? latestReady(app) : (textAt(rule, 'revisionName') ?? ''),
      weight: Number(valueAt(rule, 'weight') ?? 0),
      ...(label === '' ? {} : { label }),
    };
  });
}

/** `latestRevision` means the latest one that became ready, or the first one on its way there. */
function latestReady(app: Resource): string {
  return (
    textAt(app.readOnly, 'properties.latestReadyRevisionName') ??
    textAt(app.readOnly, 'properties.latestRevisionName') ??
    ''
  );
}

/** The share of one revision over all rules that name it, in percent. */
export function weightOf(app: Resource, revision: string): number {
  return trafficOf(app)
    .filter((share) => sameText(share.revision, revision))
    .reduce((sum, { weight }) => sum + weight, 0);
}
