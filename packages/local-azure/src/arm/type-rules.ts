import type { JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';

/** Status codes of success; a method without one is not allowed. DELETE of what does not exist is 204. */
export interface Statuses {
  readonly create?: 200 | 201 | 202;
  readonly update?: 200 | 201 | 202;
  readonly patch?: 200 | 202;
  readonly delete?: 200 | 202;
}

/** Which writes continue after the answer, and how a client is informed. An empty list: only by provisioningState. */
export interface LongRunning {
  /** PUT of a new resource. */
  readonly create?: readonly PollHeader[];
  /** PUT of an existing one. */
  readonly update?: readonly PollHeader[];
  readonly patch?: readonly PollHeader[];
  readonly delete?: readonly PollHeader[];
  /**
   * Below `/subscriptions/{s}/providers/{namespace}/`, or below the subscription with a leading slash; `{id}`, `{location}`
   * and `{LOCATION}` (in capitals) are replaced.
   */
  readonly statusPath: string;
  /** Default: the status path. */
  readonly resultPath?: string;
  /** provisioningState while it runs. Default Creating, Updating, Deleting. */
  readonly states?: Partial<Record<'create' | 'update' | 'delete', string>>;
  /** `status` while it runs. Default InProgress. */
  readonly runningStatus?: string;
  /** A 202 answers `{operation, startTime}` with these names instead of an empty body. */
  readonly operationNames?: Readonly<Partial<Record<'create' | 'update' | 'delete', string>>>;
}

export type PollHeader = 'azure-async-operation' | 'location';

/** Why a long-running operation failed. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly { readonly code: string; readonly message: string; readonly target: string }[];
}

export interface NameRule {
  readonly pattern: RegExp;
  readonly code?: string;
  /** Text for people; `{name}` is replaced. */
  readonly message: string;
}

/** Error codes that providers spell differently. */
export interface ErrorCodes {
  /** Unknown, missing and mistyped members. Default InvalidRequestContent. */
  readonly invalid: string;
  /** A member that cannot change. Default PropertyChangeNotAllowed. */
  readonly immutable: string;
  readonly immutableStatus: number;
  /** Another write is going on. Default RequestConflict, 409. */
  readonly busy: string;
  readonly busyStatus: number;
  /** GET of what does not exist. Default ResourceNotFound. */
  readonly notFound: string;
}

export interface SoftDelete {
  /** Milliseconds until it is gone for good. */
  readonly retention: number | ((resource: StoredResource) => number);
  /** Effect of a PUT of the same name: it is refused unless it asks for the deleted one, or it always restores. */
  readonly recreate: 'refused-unless-restored' | 'restores';
  /** Whether a body asks for the deleted one. Default: `properties.restore` is true. */
  readonly isRestore?: (body: JsonObject) => boolean;
  /** The 409 of a PUT that does not; `{id}` is replaced. Default FlagMustBeSetForRestore. */
  readonly refusal?: { readonly code: string; readonly message: string };
}
