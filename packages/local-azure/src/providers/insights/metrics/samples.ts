import type { Engine } from '../../../arm/contract.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { MINUTE } from '../../app/activity.ts';
import { APP_TYPE } from '../../app/shared.ts';
import { ACCOUNT_TYPE } from '../../cognitive-services/shared.ts';
import { accountSamples } from './account-samples.ts';
import { containerAppSamples } from './container-app-samples.ts';
import type { Sample } from './series.ts';

/** Measurements of a resource from the minute `from` to `to`, not included; empty for types without measurements. */
export function samplesOf(
  engine: Engine,
  resource: StoredResource,
  metric: string,
  from: number,
  to: number,
): Sample[] {
  if (resource.type === APP_TYPE) return containerAppSamples(engine, resource.id, metric, from, to);
  return resource.type === ACCOUNT_TYPE ? accountSamples(engine, resource, metric, from, to) : [];
}

/** The start of the last minute whose values are known. Without ingestion time the running minute counts as well. */
export function lastKnownMinute({ clock, timing }: Engine): number {
  const delay = timing.metricsIngestionMs;
  const minute = Math.floor((clock.now() - delay) / MINUTE) * MINUTE;
  return delay === 0 ? minute : minute - MINUTE;
}
