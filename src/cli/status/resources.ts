import type { RevisionFacts } from '../../azure/revisions.ts';
import { isArray, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Live } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { selectorRules, versionName } from '../../reconcilers/agent/versions.ts';
import type { AgentStatus, AppStatus, JobStatus, RevisionStatus } from './document.ts';
import { abortedOf, rolloutOf } from './rollout.ts';

/** From the body of an agent (Foundry data plane, api-version v1). Without rules the latest version gets every request. */
export function agentStatus(id: ResourceId, { body }: Pick<Live, 'body'>): AgentStatus {
  const latest = valueAt(body, '/versions/latest');
  const name = versionName(latest) ?? '';
  const rules = selectorRules(body).map((rule) => ({
    version: textOf(rule, 'agent_version'),
    percent: Number(member(rule, 'traffic_percentage') ?? 0),
  }));
  return {
    id,
    name: textOf(body, 'name'),
    ...present('state', textOf(body, 'state')),
    latest: name,
    ...present('latestStatus', textOf(latest, 'status')),
    traffic: (rules.length > 0 ? rules : [{ version: name, percent: 100 }]).toSorted((a, b) => b.percent - a.percent),
  };
}

/** From the body of a Microsoft.App/containerApps and its revisions; null where those could not be read. */
export function appStatus(
  id: ResourceId,
  { body }: Pick<Live, 'body'>,
  revisions: readonly RevisionFacts[] | null,
): AppStatus {
  const tags = member(body, 'tags');
  const rollout = rolloutOf(tags);
  const all = revisions?.map((revision) => revisionStatus(revision, trafficOf(body)));
  const shown = all?.filter(({ active, percent, labels }) => active || percent > 0 || labels.length > 0);
  return {
    id,
    name: textOf(body, 'name'),
    ...present('state', textAt(body, '/properties/runningStatus')),
    ...present('fqdn', textAt(body, '/properties/configuration/ingress/fqdn')),
    revisions: shown ?? null,
    inactive: (all?.length ?? 0) - (shown?.length ?? 0),
    ...(rollout ? { rollout } : {}),
    aborted: abortedOf(tags),
  };
}

interface Share {
  readonly revision: string;
  readonly percent: number;
  readonly label: string;
}

/** Shares of the traffic by revision; that of the latest revision is spelled with its name. */
export function trafficOf(app: JsonObject): Share[] {
  const traffic = valueAt(app, '/properties/configuration/ingress/traffic');
  const latest = textAt(app, '/properties/latestRevisionName');
  return (isArray(traffic) ? traffic : []).map((entry: Json) => ({
    revision: member(entry, 'latestRevision') === true ? latest : textOf(entry, 'revisionName'),
    percent: Number(member(entry, 'weight') ?? 0),
    label: textOf(entry, 'label'),
  }));
}

function revisionStatus(facts: RevisionFacts, traffic: readonly Share[]): RevisionStatus {
  const { name, active, health, state, replicas, created, error } = facts;
  const shares = traffic.filter(({ revision }) => revision.toLowerCase() === name.toLowerCase());
  return {
    name,
    active,
    percent: shares.reduce((sum, { percent }) => sum + percent, 0),
    labels: shares.flatMap(({ label }) => (label === '' ? [] : [label])),
    ...present('health', health),
    ...present('state', state),
    ...(replicas === undefined ? {} : { replicas }),
    ...present('created', created),
    ...present('error', error),
  };
}

/** From the body of a Microsoft.App/jobs and its executions; null where those could not be read. */
export function jobStatus(
  id: ResourceId,
  { body }: Pick<Live, 'body'>,
  executions: readonly JsonObject[] | null,
): JobStatus {
  const started = (execution: JsonObject): string => textAt(execution, '/properties/startTime');
  const [newest] = (executions ?? []).toSorted((a, b) => started(b).localeCompare(started(a)));
  const last = newest && {
    name: textOf(newest, 'name'),
    status: textAt(newest, '/properties/status'),
    started: started(newest),
    ...present('ended', textAt(newest, '/properties/endTime')),
  };
  return {
    id,
    name: textOf(body, 'name'),
    trigger: textAt(body, '/properties/configuration/triggerType'),
    ...present('schedule', textAt(body, '/properties/configuration/scheduleTriggerConfig/cronExpression')),
    ...(executions === null ? { last: null } : last ? { last } : {}),
  };
}

function present<K extends string>(key: K, text: string | undefined): { readonly [P in K]?: string } {
  return (text === undefined || text === '' ? {} : { [key]: text }) as { readonly [P in K]?: string };
}
