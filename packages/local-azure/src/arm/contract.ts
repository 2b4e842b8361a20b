import type { Clock } from '../engine/clock.ts';
import type { Database } from '../engine/database.ts';
import type { Documents } from '../engine/documents.ts';
import type { Directives } from '../engine/faults.ts';
import type { Ids } from '../engine/ids.ts';
import type { JsonObject } from '../engine/json.ts';
import type { ModelSettings } from '../engine/model-settings.ts';
import type { Resource, ResourceReader, Resources, StoredResource } from '../engine/resources.ts';
import type { Tasks } from '../engine/tasks.ts';
import type { Timing } from '../engine/timing.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import type { ObjectNode, ObjectShape } from '../shape/notation.ts';
import type { ErrorDialect } from './arm-error.ts';
import type { Caller, Intent } from './caller.ts';
import type { Target } from './path.ts';
import type { ErrorCodes, LongRunning, NameRule, OperationError, SoftDelete, Statuses } from './type-rules.ts';

// The engine knows the types, types are asked with calls, and calls carry the engine: these types refer to each other, so
// they are one file. Everything that does not refer back is in type-rules.ts.

/** Everything that handlers work with. All of it is synchronous, so that a request is never half done. */
export interface Engine {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly database: Database;
  readonly resources: Resources;
  readonly documents: Documents;
  readonly tasks: Tasks;
  readonly timing: Timing;
  readonly registry: Registry;
  readonly tenantId: string;
  /** Whether the caller may do something; undefined while access control is off. */
  readonly isAllowed: ((intent: Intent) => boolean) | undefined;
  /** Items per page of every list, instead of each type's own. */
  readonly pageSize: number | undefined;
  /** Answers of models and agents. */
  readonly models: ModelSettings;
}

/** Does what was scheduled; `due` is the time it was scheduled for, which may be long ago. */
export type TaskHandler = (engine: Engine, payload: JsonObject, due: number) => void;

/** All providers, found by names in any casing. */
export interface Registry {
  readonly providers: readonly Provider[];
  provider(namespace: string): Provider | undefined;
  type(type: string): RegisteredType | undefined;
  readonly tasks: ReadonlyMap<string, TaskHandler>;
}

export interface RegisteredType {
  readonly definition: ResourceType;
  readonly provider: Provider;
  /** The shape of the whole body, envelope included. */
  readonly shape: ObjectNode;
}

/** A resource provider: its types and what belongs to the namespace as a whole. */
export interface Provider {
  readonly namespace: string;
  readonly types: readonly ResourceType[];
  /** POST actions of the namespace, by name: `checkNameAvailability`. */
  readonly actions?: Readonly<Record<string, Handler>>;
  /** Work that the types schedule, by name. Names are unique over all providers. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
}

/** Everything that Azure does differently from type to type. Omitted members mean the behaviour of most types. */
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
  /** Effect of a DELETE. */
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

/** Members that a type adds to a body. */
export interface Completed {
  /** Taken where the body says nothing. Lists merge element by element: give defaults for the elements that there are. */
  readonly defaults?: JsonObject;
  /** Taken whatever the body says. */
  readonly body?: JsonObject;
  /**
   * Members that only the server sets. Those of an earlier write stay where nothing is given now and the object that they
   * are part of is still there. Members that depend on others are computed by `present`.
   */
  readonly readOnly?: JsonObject;
}

export type Handler = (call: Call) => Reply;
