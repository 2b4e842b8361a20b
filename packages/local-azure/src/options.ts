import type { Clock } from './engine/clock.ts';
import type { State } from './engine/database.ts';
import type { Timing } from './engine/timing.ts';
import type { Fault } from './engine/faults.ts';
import type { ModelSettings } from './engine/model-settings.ts';
import type { LogEntry } from './http/request-log.ts';
import type { ThrottlingLimits } from './http/throttle.ts';

export interface LocalAzureOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. Default 0. */
  readonly port?: number;
  /** Accepts TLS connections on the same port, with its own certificate, which clients must trust. Default false. */
  readonly tls?: boolean;
  /** Folder to keep the certificate and its key in. Absent: a new one at every start, in memory only. */
  readonly certificateFolder?: string;
  /** Refuses requests beyond the limits of Azure Resource Manager, or beyond these. Default: nothing is refused. */
  readonly throttling?: boolean | Partial<ThrottlingLimits>;
  /** Keeps the state across restarts (SQLite). Absent: the state lives in memory. */
  readonly stateFile?: string;
  /** State of another server, from its `state()`. Loaded only into an empty state; a reset discards it. */
  readonly state?: State;
  /** Ids of subscriptions that exist besides the default one. */
  readonly subscriptions?: readonly string[];
  readonly tenantId?: string;
  readonly timing?: Partial<Timing>;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Faults to inject; more can be added while it runs. */
  readonly faults?: readonly Fault[];
  /** YAML or JSON list of faults. */
  readonly faultsFile?: string;
  /**
   * YAML or JSON with what exists from the start, as resources or requests, see BEHAVIOUR.md. Applied to an empty state
   * only.
   */
  readonly seedFile?: string;
  /** Answers of models and agents. Default: an echo; a seed file may also contain `replies`. */
  readonly models?: Partial<ModelSettings>;
  /** Ids, principals and keys are derived from it. */
  readonly seed?: string;
  /** Resource provider namespaces that are not registered at the start. Default none. */
  readonly unregistered?: readonly string[];
  /**
   * Checks role assignments on every request. `owners` are object ids that own every subscription. Default: nothing is
   * checked.
   */
  readonly accessControl?: { readonly owners: readonly string[] };
  /** Items per page of every list, instead of each type's own. */
  readonly pageSize?: number;
  /** Requests that the log keeps, newest first to stay. Default 20,000. */
  readonly logSize?: number;
}

/** Adds and removes faults of a running server. */
export interface FaultControl {
  add(fault: Fault): void;
  /** All faults, with the number of requests each has matched. */
  list(): readonly (Fault & { readonly matched: number })[];
  clear(): void;
}

/** Data that a client needs to use TLS. */
export interface TlsAccess {
  /** `https://127.0.0.1:<port>`; the same port as without TLS. */
  readonly url: string;
  /** PEM, to be trusted as a root. */
  readonly certificate: string;
  /** The same as a file; undefined when it is in memory only. */
  readonly certificateFile: string | undefined;
}

/** A running server. */
export interface LocalAzure {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** How to reach it by TLS; undefined unless the option `tls` is set. */
  readonly tls: TlsAccess | undefined;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clock: Clock;
  readonly faults: FaultControl;
  /** The request log, oldest first, with bodies. */
  requests(): readonly LogEntry[];
  /** Resolves as soon as the request log meets the condition, which is asked at once and after every exchange. */
  until(condition: (log: readonly LogEntry[]) => boolean): Promise<void>;
  /** Everything it knows, for another server's `state`. */
  state(): State;
  /** Forgets all resources, operations and log entries, and starts over from the seed; faults and the clock stay. */
  reset(): Promise<void>;
  /** Ends all connections. The state file stays. */
  close(): Promise<void>;
}

export const DEFAULT_SUBSCRIPTION = '00000000-0000-4000-a000-000000000001';
export const DEFAULT_TENANT = '00000000-0000-4000-a000-00000000000f';
