import { ContainerAppsAPIClient, type Revision } from '@azure/arm-appcontainers';
import type { Deadline } from './bounded.ts';
import type { ClientOptions } from './connect.ts';
import { forReading, readTyped } from './typed-client.ts';

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
  const apps = new ContainerAppsAPIClient(client.credential, subscriptionId, forReading(client));
  return readTyped(`${client.endpoint}${path}/revisions`, deadline, async () => {
    const found: RevisionFacts[] = [];
    const pages = apps.containerAppsRevisions.listRevisions(group, app, { abortSignal: deadline.signal });
    for await (const revision of pages) found.push(factsOf(revision));
    return found.toSorted((a, b) => (b.created ?? '').localeCompare(a.created ?? '') || b.name.localeCompare(a.name));
  });
}

function factsOf(revision: Revision): RevisionFacts {
  const { createdTime, healthState, runningState, replicas, fqdn, provisioningError } = revision;
  return {
    name: revision.name ?? '',
    active: revision.active === true,
    ...(createdTime ? { created: createdTime.toISOString() } : {}),
    ...(healthState ? { health: healthState } : {}),
    ...(runningState ? { state: runningState } : {}),
    ...(replicas === undefined ? {} : { replicas }),
    ...(fqdn ? { fqdn } : {}),
    ...(provisioningError ? { error: provisioningError } : {}),
  };
}
