import type { AppliedBase } from './applied-base.ts';
import type { Address, AzureReads } from './azure.ts';
import type { Json, JsonObject, Pointer } from './json.ts';
import type { FieldFlaw } from './json-lines.ts';
import type { Cloud } from './manifest.ts';
import type { Change, FieldChange, Task } from './plan.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ProblemCode } from './problems.ts';
import type { ReleaseForm } from './promotion/release-form.ts';
import type { ResourceId } from './resource-id.ts';
import type { SpecSchema } from './schema.ts';
import type { Nomination, WriteContext } from './write-context.ts';

export type { SecretSource, Nominee, Nomination, ProbeReply, Probe, WriteContext } from './write-context.ts';

/** The environment as kinds see it. `groupPath` is the resource id of its resource group. */
export interface EnvironmentScope {
  readonly name: string;
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  readonly tenantId: string | undefined;
  readonly resourceGroup: string;
  readonly groupPath: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * One resource in its surroundings. `spec` has every `valueFrom` replaced that is known by now; what is only known
 * after apply still holds the `valueFrom` object.
 */
export interface Site<Spec extends object = object> {
  readonly id: ResourceId;
  readonly azureName: string;
  readonly spec: Spec;
  readonly owner: ResourceId | undefined;
  /** The manifest has `lifecycle.preventDestroy`; the mark says so too. */
  readonly protected: boolean;
  readonly environment: EnvironmentScope;
  /** Azure name of a resource of this environment. */
  readonly azureNameOf: (id: ResourceId) => string | undefined;
  /** Address of a resource of this environment; undefined while only known after apply. */
  readonly pathOf: (id: ResourceId) => string | undefined;
  /** An output of a resource of this environment; undefined while only known after apply. */
  readonly outputOf: (id: ResourceId, output: string) => Json | undefined;
  /** What another resource of this environment will be, as a digest; see `contentDigest`. */
  readonly digestOf: (id: ResourceId) => string | undefined;
  /** The resource of this environment at an address; ids compare without regard to case. */
  readonly resourceAt: (path: string) => ResourceId | undefined;
}

/** `global`: unique in Azure. `group`: unique in the resource group. `parent`: unique below its parent, so no pattern applies. */
export interface NameRule {
  readonly scope: 'global' | 'group' | 'parent';
  /** What Azure accepts, anchored. */
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** How a name is made to fit before the pattern is checked; `uuid`: Azure wants a GUID, made from group and id. */
  readonly style: 'alphanumeric' | 'kebab' | 'lower-kebab' | 'as-is' | 'uuid';
  /** There is one below each parent, with this name. */
  readonly fixed?: string;
}

/** Where the mark of ownership is kept; `none` where the address itself is proof enough or Azure has no place for it. */
export type Ownership = 'tags' | 'metadata' | 'description' | 'none';

/** Says which environment and which manifest a live resource belongs to, and whether it must not be destroyed. */
export interface Mark {
  readonly environment: string;
  readonly id: ResourceId;
  /** Absent where the carrier cannot be changed without a new version, so that the protection is not kept there. */
  readonly protected?: boolean;
  /** Only where the kind does not say which api-version the resource is read with. */
  readonly apiVersion?: string;
}

/** Where a resource is found. `collection` lists it with its full body; without one it is read by itself. */
export interface Location {
  readonly address: Address | undefined;
  readonly collection: Address | undefined;
}

/** What a live body says in the kind's own terms. */
export interface Observation {
  /** Live values of the fields that the schema describes, as a manifest would spell them. */
  readonly spec: JsonObject;
  /** What `valueFrom` can take; always has `id` and `name`. */
  readonly outputs: JsonObject;
  readonly mark: Mark | undefined;
}

/** A resource as it is in Azure, with the body it was observed from. */
export interface Live extends Observation {
  readonly address: Address;
  readonly body: JsonObject;
  /** sha256 over `spec` and `mark`: changes when anything we manage changes. */
  readonly fingerprint: string;
}

/** What the resource group of an environment says of the last complete apply. */
export interface AppliedMark {
  readonly environment: string;
  /** Folder of the environment in the repository. */
  readonly path: string;
  /** Full hash of the commit, checked to be one. */
  readonly commit: string;
  readonly version: string;
}

/** A resource that a plan creates, updates or replaces. */
export interface Prospect {
  readonly change: Change;
  readonly definition: KindDefinition;
  readonly site: Site;
}

/** What planning knows of a kind: declarations and pure functions. Nothing here can write. */
export interface KindDefinition<Spec extends object = object> {
  readonly kind: string;
  readonly schema: SpecSchema;
  /** `Microsoft.App/containerApps` or a name of the Foundry data plane such as `Foundry/agents`. */
  readonly azureType: string;
  readonly apiVersion: string;
  readonly nameRule: NameRule;
  readonly ownership: Ownership;
  /** Where the manifest decides; `ownership` otherwise. */
  ownershipOf?(spec: JsonObject): Ownership;
  /** Deleting it destroys data that Azure does not keep. */
  readonly stateful: boolean;
  /** What `valueFrom` can take, with a description for the reference. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Definitions of the parts that `x-part` fields name. */
  readonly parts: Readonly<Record<string, KindDefinition>>;
  /** May be asked about a site whose spec holds the parent's name only, to learn of the collection. */
  locate(site: Site<Spec>): Location;
  /** The address path of an item that a collection listed. */
  identify(item: JsonObject, collection: Address): string;
  observe(body: JsonObject, site: Site<Spec>): Observation;
  /**
   * Only for kinds of which Azure has one by content, whatever its name: the item that is what the manifest declares,
   * under another name.
   */
  twin?(items: readonly JsonObject[], site: Site<Spec>): JsonObject | undefined;
  /** Only for Environment: the collection that lists everything with a mark in its tags, thin items included. */
  markedResources?(site: Site<Spec>): Address;
  /** Only for Environment: what a live body says of the last complete apply. */
  appliedMark?(body: JsonObject): AppliedMark | undefined;
  /** Only for Environment: which commit each resource was last made equal to. */
  appliedBase?(body: JsonObject): AppliedBase | undefined;
  /** The mark of a thin item of `markedResources`. */
  markOf?(item: JsonObject): Mark | undefined;
  /** Reads the body of one resource, where its address cannot be asked for by itself. */
  look?(reader: AzureReads, address: Address): Promise<JsonObject | undefined>;
  /**
   * Whether a live resource of this type can be declared as this kind. `other`: another form of the type; `azure`: Azure
   * keeps it by itself, so nobody declares it. Absent: always.
   */
  claims?(body: JsonObject): 'yes' | 'other' | 'azure';
  /**
   * Fields of an observed spec that hold secrets which Azure does not give back and a manifest of it needs; `/*` at the end
   * where nobody knows their names.
   */
  secretsOf?(spec: JsonObject, body: JsonObject): readonly Pointer[];
  /** Where a spec refers to secrets whose values an update needs. Absent: everywhere. */
  neededSecrets?(spec: JsonObject, fields: readonly FieldChange[]): readonly Pointer[];
  /** A second look at one resource, taken only when it seems to have changed. */
  inspect?(reader: AzureReads, site: Site<Spec>, live: Live): Promise<Live>;
  /** Brings forms that mean the same, such as pasted dialects, to the one that is compared, shown and sent. */
  canonical?(spec: JsonObject): JsonObject;
  /** Immutable fields that only the spec itself tells. */
  immutable?(spec: JsonObject): readonly Pointer[];
  /** Fields in which desired and live may differ without being a change, beyond what the schema says. */
  tolerate?(desired: JsonObject, live: JsonObject): readonly Pointer[];
  /** What is wrong with a spec beyond its schema. It has references spelled in full and file fields read in. */
  review?(spec: JsonObject): readonly (FieldFlaw & { readonly code: ProblemCode })[];
  /**
   * Only for kinds that are work and not a resource (gates, builds, jobs): the work that is due, or undefined when an
   * earlier run still counts.
   */
  due?(site: Site<Spec>, live: Live | undefined, now: Date): Task | undefined;
  /** Only beside `due`: why nothing is due, such as the verdict of an earlier run. Shown in the plan. */
  proof?(site: Site<Spec>, live: Live | undefined): string | undefined;
  /**
   * sha256 over what decides how a resource behaves, by its manifest; undefined while part of it is only known after
   * apply. Verdicts of evaluation gates are kept by it.
   */
  contentDigest?(site: Site<Spec>): string | undefined;
  /** Only for kinds whose content moves from environment to environment in a release. */
  readonly release?: ReleaseForm<Spec>;
  /** True when a next version can be tried before it serves: gates that guard it run before it is written. */
  readonly candidates?: boolean | ((spec: JsonObject) => boolean);
  /**
   * Work on a resource that goes on over time, such as a rollout, although its fields are as declared. `due`: apply has
   * something to do now; else it is only shown.
   */
  unfinished?(site: Site<Spec>, live: Live, now: Date): { readonly note: string; readonly due: boolean } | undefined;
  /** How an update is carried out where that is not obvious, such as "creates version 5". Shown in the plan. */
  explainUpdate?(site: Site<Spec>, live: Live): string | undefined;
  /**
   * Asks Azure whether the changes of this kind will be possible: errors forbid the plan, warnings are shown beside it.
   * Environment is asked about the changes of every kind.
   */
  preflight?(
    reader: AzureReads,
    prospects: readonly Prospect[],
    scope: EnvironmentScope,
    now: Date,
  ): Promise<readonly Diagnostic[]>;
  /** True when two writes below the same parent must not run at once; returns that parent's address. */
  writesOneAtATime?(site: Site<Spec>): string | undefined;
}

/** How Azure is asked whether a name is free: a POST below the subscription's providers. */
export interface NameCheck {
  readonly path: string;
  readonly apiVersion: string;
  readonly body: (name: string) => JsonObject;
}

/** A kind with the half that writes. Only apply calls it. */
export interface Reconciler<Spec extends object = object> extends KindDefinition<Spec> {
  readonly parts: Readonly<Record<string, Reconciler>>;
  /**
   * Creates or updates; resolves to the body as it is afterwards. Calling it twice ends where calling it once does.
   * `fields`: the planned changes of an update. Nothing else of the live resource may differ afterwards.
   */
  write(
    context: WriteContext,
    site: Site<Spec>,
    live: Live | undefined,
    fields: readonly FieldChange[],
  ): Promise<JsonObject>;
  remove(context: WriteContext, live: Pick<Live, 'address' | 'body'>): Promise<void>;
  /**
   * For kinds that gates evaluate: makes ready what is evaluated, without sending it requests of others. `fields`: the
   * planned changes.
   */
  nominate?(context: WriteContext, site: Site<Spec>, fields: readonly FieldChange[]): Promise<Nomination>;
  /** For names that are unique in all of Azure. */
  readonly nameCheck?: NameCheck;
  /** Does the work of a kind that has `due`; resolves to its outputs. */
  run?(context: WriteContext, site: Site<Spec>): Promise<JsonObject>;
}

export type KindCatalog = ReadonlyMap<string, KindDefinition>;
export type ReconcilerCatalog = ReadonlyMap<string, Reconciler>;
