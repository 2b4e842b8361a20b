import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { Rollout } from './rollout.ts';

/**
 * An environment as it is, as plain JSON. `null` stands for what could not be read, with the reason in `diagnostics`; an
 * absent member for what Azure does not tell.
 */
export interface EnvironmentStatus {
  readonly format: 1;
  readonly environment: string;
  readonly cloud: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** ISO 8601: when it was read. */
  readonly at: string;
  /** Absent where nothing was applied from a clean commit yet. */
  readonly applied?: AppliedStatus | null;
  readonly agents: readonly AgentStatus[];
  readonly apps: readonly AppStatus[];
  readonly gates: readonly GateStatus[];
  readonly jobs: readonly JobStatus[];
  /** Fired within 30 days and neither resolved nor closed, the most severe first. */
  readonly alerts: readonly AlertStatus[] | null;
  readonly metrics: readonly MetricsStatus[];
  /** Declared, and not found in Azure: not there (`absent`), or perhaps only not read (`unknown`). */
  readonly missing: readonly { readonly id: ResourceId; readonly why: 'absent' | 'unknown' }[];
  /** What could not be read, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface AppliedStatus {
  readonly commit: string;
  readonly version: string;
  /** ISO 8601; absent where no journal told here knows it. */
  readonly time?: string;
  readonly by?: string;
  readonly run?: string;
}

export interface AgentStatus {
  readonly id: ResourceId;
  readonly name: string;
  readonly state?: string;
  readonly latest: string;
  /** `creating`, `active`, `failed`. */
  readonly latestStatus?: string;
  /** Percent of requests by version, the largest first. Sums to 100. */
  readonly traffic: readonly { readonly version: string; readonly percent: number }[];
}

export interface AppStatus {
  readonly id: ResourceId;
  readonly name: string;
  /** `Running`, `Stopped`, `Progressing`, … */
  readonly state?: string;
  readonly fqdn?: string;
  /** Revisions that are active or have traffic or a label, newest first. */
  readonly revisions: readonly RevisionStatus[] | null;
  /** Revisions that are neither. */
  readonly inactive: number;
  readonly rollout?: Rollout;
  /** Hashes of candidates that were given up, the newest first. */
  readonly aborted: readonly string[];
}

export interface RevisionStatus {
  readonly name: string;
  readonly active: boolean;
  /** Percent of requests. */
  readonly percent: number;
  readonly labels: readonly string[];
  readonly health?: string;
  readonly state?: string;
  readonly replicas?: number;
  readonly created?: string;
  readonly error?: string;
}

export interface GateStatus {
  readonly id: ResourceId;
  /** The newest verdict that Foundry keeps, about whatever content; absent where there is none with these items and criteria. */
  readonly last?: { readonly verdict: string; readonly at: string; readonly items: number; readonly about: string };
  /** Why the gate would be evaluated at the next apply; absent when an earlier verdict counts. */
  readonly due?: string;
}

export interface JobStatus {
  readonly id: ResourceId;
  readonly name: string;
  /** `Manual`, `Schedule`, `Event`. */
  readonly trigger: string;
  readonly schedule?: string;
  /** The newest execution; null where executions could not be read, absent where there is none. */
  readonly last?: {
    readonly name: string;
    readonly status: string;
    readonly started: string;
    readonly ended?: string;
  } | null;
}

export interface AlertStatus {
  readonly rule: string;
  /** 0 to 4, 0 being the most severe. */
  readonly severity: number;
  /** Our id where the resource is declared, else its name in Azure. */
  readonly target: string;
  /** ISO 8601. */
  readonly since: string;
  /** `New` or `Acknowledged`. */
  readonly state: string;
  readonly description?: string;
}

/** The last 24 hours by the hour, oldest first; null where nothing was measured. */
export interface Series {
  readonly points: readonly (number | null)[];
  /** Sum of counts, mean of milliseconds by requests; null where nothing was measured. */
  readonly value: number | null;
}

export interface MetricsStatus {
  readonly id: ResourceId;
  readonly requests: Series;
  /** 5xx of container apps; 4xx and 5xx of models, as refused for too many tokens is a failure too. */
  readonly errors: Series;
  /** Milliseconds. */
  readonly latency: Series;
  /** Of models only. */
  readonly inputTokens?: Series;
  readonly outputTokens?: Series;
}
