import type { Engine, TaskHandler } from '../engine/engine.ts';
import type { JsonObject } from '../engine/json.ts';
import type { Resource, ResourceReader, StoredResource } from '../engine/resources.ts';
import type { Directives } from '../engine/faults.ts';
import type { Reply } from '../server/reply.ts';
import type { LocalRequest } from '../server/request.ts';
import type { ObjectShape } from '../shape/notation.ts';
import type { ErrorDialect } from './arm-error.ts';
import type { Caller } from './caller.ts';
import type { Target } from './path.ts';

/** A resource provider: its types and what belongs to the namespace as a whole. */
export interface Provider {
  readonly namespace: string;
  readonly types: readonly ResourceType[];
  /** POST actions of the namespace, by name: `checkNameAvailability`. */
  readonly actions?: Readonly<Record<string, Handler>>;
  /** Work that the types schedule, by name. Names are unique over all providers. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
}

/** Everything that Azure does differently from type to type. What is left out behaves as most types do. */
export interface ResourceType {
  /** `Microsoft.Storage/storageAccounts` */
  readonly type: string;
  /** The type as it is spelt in ids, where that differs: `Microsoft.App/containerapps`. */
  readonly typeInIds?: string;
  /** Oldest first. */
  readonly apiVersions: readonly string[];
  /** Where the resource lives. `extension`: on any other resource or scope. `none`: nothing is stored, `handlers` answer. */
  readonly placement: 'resource-group' | 'child' | 'extension' | 'subscription' | 'none';
  /** Has a location and tags, appears in `/resources`. Default: lives in a resource group. */
  readonly tracked?: boolean;
  /** Members of the body besides id, name, type, location, tags and systemData. */
  readonly body?: ObjectShape;
  /** Dotted paths that cannot change once written. */
  readonly immutable?: readonly string[];
  readonly names?: NameRule;
  readonly statuses?: Statuses;
  readonly longRunning?: LongRunning;
  /** How `location` is returned. Default: `eastus2`, whatever was sent. */
  readonly location?: 'normalised' | 'display' | 'echoed';
  /** Where the version mark of the resource is returned. Default nowhere. */
  readonly etag?: 'body' | 'header' | 'body-and-header';
  /** Honours If-Match and If-None-Match on PUT, PATCH and DELETE. */
  readonly conditional?: boolean;
  /** PUT on an existing resource keeps what is not sent. Default: it goes back to its default. */
  readonly putKeepsOmitted?: boolean;
  /** Top-level objects that are replaced as a whole where a body is merged, as tags always are. */
  readonly replacedWhole?: readonly string[];
  /** Top-level members that a PATCH may hold. Default: all. */
  readonly patchable?: readonly string[];
  /** Default true. */
  readonly hasSystemData?: boolean;
  /** Items per page of a list. Default 200. */
  readonly pageSize?: number;
  readonly dialect?: ErrorDialect;
  /** Answers carry `api-supported-versions`. */
  readonly reportsApiVersions?: boolean;
  readonly codes?: Partial<ErrorCodes>;
  /** The type of an ancestor, or this one, at and below which only one write at a time is possible. */
  readonly serialisedUnder?: string;
  /** What a DELETE leaves behind. */
  readonly softDelete?: SoftDelete;
  /** Refuses what the shape cannot express. Throws an ArmError. */
  readonly check?: (write: Write) => void;
  /** Adds defaults that depend on something, and the members that only the server sets. */
  readonly complete?: (write: Write) => Completed;
  /** Creates what comes with the resource. */
  readonly afterWrite?: (write: Write, resource: Resource) => void;
  /** Called when the operation that `afterWrite` saw the start of has ended well. */
  readonly afterOperation?: (engine: Engine, resource: StoredResource, at: number) => void;
  /** The body as returned, where it differs from what is stored. */
  readonly present?: (body: JsonObject, resource: StoredResource, view: View) => JsonObject;
  /** Throws an ArmError where the resource cannot be deleted, by itself or with its resource group. */
  readonly beforeDelete?: (call: Pick<Call, 'engine'>, resource: StoredResource) => void;
  /** Ends a DELETE in its own way; a refusal leaves the resource as it was. Default: it goes with everything below it. */
  readonly remove?: (engine: Engine, resource: StoredResource, at: number) => OperationError | undefined;
  readonly afterDelete?: (engine: Engine, resource: StoredResource) => void;
  /** POST actions, by name. */
  readonly actions?: Readonly<Record<string, Handler>>;
  /** Answers instead of the engine, by method; `LIST` is GET of a collection, `POST` that of a resource. */
  readonly handlers?: Readonly<Partial<Record<Verb | 'POST', Handler>>>;
}

export type Verb = 'GET' | 'LIST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

/** Status codes of success; a method without one is not allowed. DELETE of what does not exist is 204. */
export interface Statuses {
  readonly create?: 200 | 201 | 202;
  readonly update?: 200 | 201 | 202;
  readonly patch?: 200 | 202;
  readonly delete?: 200 | 202;
}

/** Which writes go on after the answer, and how a client is told. An empty list: only by provisioningState. */
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
  /** What a PUT of the same name does: it is refused unless it asks for the deleted one, or it always restores. */
  readonly recreate: 'refused-unless-restored' | 'restores';
  /** Whether a body asks for the deleted one. Default: `properties.restore` is true. */
  readonly isRestore?: (body: JsonObject) => boolean;
  /** The 409 of a PUT that does not; `{id}` is replaced. Default FlagMustBeSetForRestore. */
  readonly refusal?: { readonly code: string; readonly message: string };
}

/** One request on its way through a provider. */
export interface Call {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly target: Target;
  readonly type: ResourceType;
  readonly apiVersion: string;
  readonly caller: Caller;
  /** What GET and lists read from; behind the truth when a fault says so. */
  readonly reader: ResourceReader;
  readonly directives: Directives;
}

export interface View {
  readonly engine: Engine;
  /** Scheme and host that the client used. */
  readonly origin: string;
  readonly apiVersion: string;
}

/** A PUT or PATCH whose body has passed its shape. */
export interface Write {
  readonly call: Call;
  readonly engine: Engine;
  readonly id: string;
  readonly name: string;
  /** The whole desired body, secrets included; for PATCH the merged one. */
  readonly body: JsonObject;
  readonly existing: StoredResource | undefined;
  /** The same, or the soft-deleted resource that this write brings back. */
  readonly previous: StoredResource | undefined;
  /** Undefined where the parent is a scope that is not stored. */
  readonly parent: StoredResource | undefined;
  /** Milliseconds of the clock. */
  readonly now: number;
}

/** What a type adds to a body. */
export interface Completed {
  /** Taken where the body says nothing. Lists merge element by element: give defaults for the elements that there are. */
  readonly defaults?: JsonObject;
  /** Taken whatever the body says. */
  readonly body?: JsonObject;
  /**
   * Members that only the server sets. Those of an earlier write stay where nothing is given now and the object that they
   * are part of is still there. What depends on other members is computed by `present`.
   */
  readonly readOnly?: JsonObject;
}

export type Handler = (call: Call) => Reply;
