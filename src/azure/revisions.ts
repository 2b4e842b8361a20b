import { ContainerAppsAPIClient, type Revision } from '@azure/arm-appcontainers';
import type { Deadline } from './bounded.ts';
import type { ClientOptions } from './connect.ts';
import { repeatable, readTyped, textIn } from './typed-client.ts';
import { isoTime } from '../model/time.ts';

/** A revision of a container app, as Microsoft.App/containerApps/revisions tells of it. Members are absent where Azure says nothing. */
export interface RevisionFacts {
  readonly name: string;
  readonly active: boolean;
  /** ISO 8601. */
  readonly created?: string;
  /** `Healthy`, `Unhealthy`, `None`. */
  readonly health?: string;
  /** `Running`, `Processing`, `Stopped`, `Degraded`, `Failed`, `ScaledToZero`, … */
  readonly state?: string;
  readonly replicas?: number;
  /** Answers whatever its share of the traffic is. */
  readonly fqdn?: string;
  readonly error?: string;
}

/** All revisions of an app, newest first. `path` is the id of the app. Rejects with AzureError. */
export async function listRevisions(client: ClientOptions, path: string, deadline: Deadline): Promise<RevisionFacts[]> {
  const [, , subscriptionId = '', , group = '', , , , app = ''] = path.split('/');
  const apps = new ContainerAppsAPIClient(client.credential, subscriptionId, repeatable(client));
  return readTyped(`${client.endpoint}${path}/revisions`, deadline, async () => {
    const found: RevisionFacts[] = [];
    const pages = apps.containerAppsRevisions.listRevisions(group, app, { abortSignal: deadline.signal });
    for await (const revision of pages) found.push(factsOf(revision));
    return found.toSorted((a, b) => (b.created ?? '').localeCompare(a.created ?? '') || b.name.localeCompare(a.name));
  });
}

function factsOf(revision: Revision): RevisionFacts {
  const { createdTime, replicas } = revision;
  const members = {
    created: createdTime && isoTime(createdTime.getTime()),
    health: textIn(revision.healthState),
    state: textIn(revision.runningState),
    replicas: Number.isInteger(replicas) ? replicas : undefined,
    fqdn: textIn(revision.fqdn),
    error: textIn(revision.provisioningError),
  };
  const known = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return { name: textIn(revision.name) ?? '', active: revision.active === true, ...Object.fromEntries(known) };
}
