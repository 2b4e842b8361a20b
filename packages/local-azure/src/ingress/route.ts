import type { Engine } from '../arm/contract.ts';
import { sameText, textAt } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { takeTurn } from '../providers/app/activity.ts';
import { isActive, isStopped } from '../providers/app/revision-progress.ts';
import { APP_TYPE } from '../providers/app/shared.ts';
import { trafficOf } from '../providers/app/traffic.ts';
import { shareAt, slotOf } from './shares.ts';

/** The revision that a request goes to. */
export interface Destination {
  readonly app: StoredResource;
  /** Name of the revision. */
  readonly name: string;
  /** Undefined when the traffic names one that is gone. */
  readonly revision: StoredResource | undefined;
  /** The label that the host named; absent otherwise. */
  readonly label?: string;
}

/**
 * Finds the revision for a host: `{app}.{domain}` by the weights of the traffic, `{app}---{label}.{domain}` by label,
 * `{app}--{suffix}.{domain}` by name. Undefined where Azure has nothing at that host: no app with HTTP ingress, a stopped
 * one, no such label, no such or an inactive revision (which of them answer 404 is **unverified**).
 */
export function routeTo(engine: Engine, host: string): Destination | undefined {
  const dot = host.indexOf('.');
  const [first, domain] = [host.slice(0, dot), host.slice(dot + 1)];
  const name = first.split('--')[0] ?? '';
  const app = engine.resources
    .list({ type: APP_TYPE })
    .find((each) => sameText(fqdnOf(each), `${name}.${domain}`) && hasHttp(each));
  if (!app || isStopped(app)) return undefined;
  const rest = first.slice(name.length);
  if (rest === '') return byWeight(engine, app);
  if (rest.startsWith('---')) return byLabel(engine, app, rest.slice(3));
  const revision = findRevision(engine, app, first);
  return revision && isActive(revision) ? { app, name: revision.name, revision } : undefined;
}

function fqdnOf(app: StoredResource): string {
  return textAt(app.readOnly, 'properties.configuration.ingress.fqdn') ?? '';
}

function hasHttp(app: StoredResource): boolean {
  return !sameText(textAt(app.writable, 'properties.configuration.ingress.transport') ?? '', 'Tcp');
}

function findRevision(engine: Engine, app: StoredResource, name: string): StoredResource | undefined {
  return engine.resources.get(`${app.id}/revisions/${name}`);
}

function byWeight(engine: Engine, app: StoredResource): Destination | undefined {
  const start = Number.parseInt(engine.ids.guidOf(`${app.id}/traffic`).slice(0, 8), 16);
  const share = shareAt(trafficOf(app), slotOf(start, takeTurn(engine, app.id, app.name), 100));
  if (!share) return undefined;
  return { app, name: share.revision, revision: findRevision(engine, app, share.revision) };
}

function byLabel(engine: Engine, app: StoredResource, label: string): Destination | undefined {
  const share = trafficOf(app).find((each) => sameText(each.label ?? '', label));
  if (!share) return undefined;
  return { app, name: share.revision, revision: findRevision(engine, app, share.revision), label };
}
