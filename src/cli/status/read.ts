import { deadlineIn, boundedReader, type Deadline } from '../../azure/bounded.ts';
import type { Connection } from '../../azure/connect.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError, type AzureReader } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import { member } from '../../model/json.ts';
import type { EnvironmentScope, Live } from '../../model/kind.ts';
import { kindOf, type ResourceId } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import type { LiveState } from '../../planner/read-live.ts';
import { newestVerdict } from '../../reconcilers/evaluation-gate/record.ts';
import type { AppliedRun } from '../history/journals.ts';
import { partOf, readPart } from '../live-part.ts';
import { readAlerts } from './alerts.ts';
import type { AppliedStatus, EnvironmentStatus, GateStatus } from './document.ts';
import { lastDay, METRICS, metricsStatus } from './metrics.ts';
import { agentStatus, appStatus, jobStatus } from './resources.ts';

/** Kinds that are told, and those that they are found with. */
const TOLD = new Set(['Agent', 'ContainerApp', 'EvaluationGate', 'ContainerJob']);
const WITH = new Set(['Environment', 'FoundryAccount', 'FoundryProject', 'ModelDeployment']);

export interface StatusRequest {
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly connection: Connection;
  /** Seconds for all of it. */
  readonly timeout: number;
  readonly now: Date;
  /** Applies that journals of this machine tell of, newest first. */
  readonly runs: readonly AppliedRun[];
}

/** Reads an environment at a glance: lists in bulk, all at once, with one deadline. What fails is told and hides nothing else. */
export async function readStatus(request: StatusRequest): Promise<EnvironmentStatus> {
  const { scope, connection, now } = request;
  const deadline = deadlineIn(request.timeout);
  const reader = boundedReader(connection.session, deadline);
  const graph = partOf(
    request.graph,
    ({ id, owner }) => owner === undefined && (TOLD.has(kindOf(id)) || WITH.has(kindOf(id))),
  );
  const problems: Diagnostic[] = [];
  const whole = indexOf(request);
  const [state, alerts] = await Promise.all([
    readPart(graph, scope, reader),
    told(problems, () => readAlerts(reader, scope, whole)),
  ]);
  const reads: Reads = { ...request, reader, deadline, problems, state };
  const [apps, jobs, metrics] = await Promise.all([readApps(reads), readJobs(reads), readAllMetrics(reads)]);
  const applied = appliedStatus(graph, state, request.runs);
  return {
    format: 1,
    environment: scope.name,
    cloud: scope.cloud,
    resourceGroup: scope.resourceGroup,
    location: scope.location,
    at: now.toISOString(),
    ...(applied === undefined ? {} : { applied }),
    agents: liveOf(state, 'Agent').map(([id, live]) => agentStatus(id, live)),
    apps,
    gates: gatesOf(graph, scope, state, now),
    jobs,
    alerts,
    metrics,
    missing: [...graph.values()]
      .filter(({ id }) => TOLD.has(kindOf(id)) && !state.live.has(id) && !(isWhole(state) && isGate(id)))
      .map(({ id }) => ({ id, why: isWhole(state) ? 'absent' : 'unknown' })),
    diagnostics: [...state.diagnostics, ...problems],
  };
}

/** A list that failed may have held what seems to be missing. */
function isWhole({ diagnostics }: LiveState): boolean {
  return diagnostics.length === 0;
}

/** A gate without an evaluation is one that was never evaluated with these items and criteria. */
function isGate(id: ResourceId): boolean {
  return kindOf(id) === 'EvaluationGate';
}

interface Reads extends StatusRequest {
  readonly reader: AzureReader;
  readonly deadline: Deadline;
  readonly problems: Diagnostic[];
  readonly state: LiveState;
}

/** Declared resources by address, as far as addresses need no answer of Azure. */
function indexOf({ graph, scope }: StatusRequest): (path: string) => ResourceId | undefined {
  const sites = createSites(
    graph,
    scope,
    () => undefined,
    () => undefined,
  );
  const index = new Map<string, ResourceId>();
  for (const node of graph.values()) {
    const path = sites.locationOf(node).address?.path;
    if (path !== undefined) index.set(path.toLowerCase(), node.id);
  }
  return (path) => index.get(path.toLowerCase());
}

/** The answer, or null and a problem told. */
async function told<T>(problems: Diagnostic[], read: () => Promise<T>, resource?: ResourceId): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!isAzureError(error)) throw error;
    problems.push(describeAzureError(error, resource));
    return null;
  }
}

function liveOf({ live }: LiveState, kind: string): (readonly [ResourceId, Live])[] {
  return [...live].filter(([id]) => kindOf(id) === kind).toSorted(([a], [b]) => a.localeCompare(b));
}

async function readApps({ state, connection, deadline, problems }: Reads): Promise<EnvironmentStatus['apps']> {
  const apps = liveOf(state, 'ContainerApp');
  if (apps.length === 0) return [];
  const { listRevisions } = await import('../../azure/revisions.ts');
  return Promise.all(
    apps.map(async ([id, live]) => {
      const revisions = await told(problems, () => listRevisions(connection.client, live.address.path, deadline), id);
      return appStatus(id, live, revisions);
    }),
  );
}

function readJobs({ state, reader, problems }: Reads): Promise<EnvironmentStatus['jobs']> {
  return Promise.all(
    liveOf(state, 'ContainerJob').map(async ([id, live]) => {
      const executions = { path: `${live.address.path}/executions`, apiVersion: live.address.apiVersion };
      return jobStatus(id, live, await told(problems, async () => (await reader.list(executions)) ?? [], id));
    }),
  );
}

async function readAllMetrics({
  state,
  connection,
  deadline,
  problems,
  now,
}: Reads): Promise<EnvironmentStatus['metrics']> {
  const wanted = METRICS.flatMap((type) => liveOf(state, type.kind).map(([id, live]) => ({ type, id, live })));
  if (wanted.length === 0) return [];
  const { readMetrics } = await import('../../azure/metrics.ts');
  const day = lastDay(now.getTime());
  const found = await Promise.all(
    wanted.map(async ({ type, id, live }) => {
      const { path } = live.address;
      const lines = await told(
        problems,
        () =>
          Promise.all([
            readMetrics(connection.client, { path, names: [type.requests], splitBy: type.splitBy, ...day }, deadline),
            readMetrics(
              connection.client,
              { path, names: [type.latency, ...Object.values(type.tokens ?? {})], ...day },
              deadline,
            ),
          ]),
        id,
      );
      return lines ? [metricsStatus(id, type, lines.flat(), day.from)] : [];
    }),
  );
  return found.flat();
}

function gatesOf(graph: Graph, scope: EnvironmentScope, state: LiveState, now: Date): GateStatus[] {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  return [...graph.values()]
    .filter(({ id }) => isGate(id) && (isWhole(state) || state.live.has(id)))
    .map((node): GateStatus => {
      const live = state.live.get(node.id);
      const newest = live && newestVerdict(member(live.body, 'metadata'));
      const due = node.definition.due?.(sites.siteOf(node), live, now)?.reason;
      return {
        id: node.id,
        ...(newest
          ? { last: { verdict: newest.verdict, at: newest.at, items: newest.items, about: newest.label } }
          : {}),
        ...(due === undefined ? {} : { due }),
      };
    });
}

function appliedStatus(graph: Graph, state: LiveState, runs: readonly AppliedRun[]): AppliedStatus | null | undefined {
  const group = [...graph.values()].find(({ id }) => kindOf(id) === 'Environment');
  const body = group && state.live.get(group.id)?.body;
  if (!body) return isWhole(state) ? undefined : null;
  const mark = group.definition.appliedMark?.(body);
  if (!mark) return undefined;
  const run = runs.find(({ result, commit }) => result === 'complete' && commit === mark.commit);
  return {
    commit: mark.commit,
    version: mark.version,
    ...(run ? { time: run.time } : {}),
    ...(run?.by === undefined ? {} : { by: run.by }),
    ...(run?.run === undefined ? {} : { run: run.run }),
  };
}
