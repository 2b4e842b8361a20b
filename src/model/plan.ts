import type { Diagnostic } from './diagnostic.ts';
import type { JsonObject, Json, Pointer } from './json.ts';
import type { Cloud } from './manifest.ts';
import type { ResourceId } from './resource-id.ts';
import type { RiskId } from './risks.ts';

/**
 * How base (manifests at the last applied commit), live and head relate in one field. Without a base every difference
 * is `pending`.
 */
export type FieldClass = 'pending' | 'drift' | 'conflict' | 'converged';

/** One field that differs. `label` is for people: set items by key, such as `containers[api].image`. */
export interface FieldChange {
  readonly field: Pointer;
  readonly label: string;
  /** Absent when the side has no such value. */
  readonly before?: Json;
  readonly after?: Json;
  readonly class: FieldClass;
  /** `after` is only known after apply. */
  readonly unknown?: true;
  /** Both values are withheld. */
  readonly sensitive?: true;
}

export interface Risk {
  /** Permanent, explained by `ingate explain`. */
  readonly id: RiskId;
  readonly level: 'high' | 'medium';
  readonly message: string;
  readonly fields: readonly Pointer[];
}

/** Work that is not a resource: an evaluation gate, an image build, a rollout step, a job. */
export interface Task {
  readonly type: 'gate' | 'build' | 'rollout' | 'job' | 'evaluation';
  readonly title: string;
  /** Why it has to run, or has to run again. */
  readonly reason: string;
  /** Something outside of Git is why. */
  readonly drift?: true;
}

interface Step {
  readonly id: ResourceId;
  readonly azureType: string;
  /** Resource id or URL; null while only known after apply. */
  readonly address: string | null;
  /** Changes of this plan that come first. */
  readonly dependsOn: readonly ResourceId[];
  readonly risk: readonly Risk[];
  /** Declared fields that cannot be compared with Azure: secrets and what Azure never returns. */
  readonly unchecked: readonly Pointer[];
  /** How it is carried out where that is not obvious. */
  readonly note?: string;
}

/**
 * `drift` of a create: it was there at the last complete apply and somebody deleted it. `removeAfter`: changes of this plan that let go of the resource and so come before it is removed. */
export type Change = Step &
  (
    | { readonly action: 'keep' }
    | { readonly action: 'create'; readonly after: JsonObject; readonly drift?: true }
    | {
        readonly action: 'update';
        readonly before: JsonObject;
        readonly after: JsonObject;
        readonly fields: readonly FieldChange[];
        readonly adopts?: true;
        /** It was applied at this address before, and somebody removed its mark since, which is written again. */
        readonly restoresMark?: true;
        /** Its mark names an earlier document of it. */
        readonly renamedFrom?: ResourceId;
        /** `lifecycle.preventDestroy` differs from what the mark says. */
        readonly protects?: boolean;
      }
    | {
        readonly action: 'replace';
        readonly before: JsonObject;
        readonly after: JsonObject;
        readonly fields: readonly FieldChange[];
        /** Immutable fields that changed, or the resource whose replacement takes this one along. */
        readonly forcedBy: readonly (Pointer | ResourceId)[];
        readonly removeAfter: readonly ResourceId[];
      }
    | { readonly action: 'delete'; readonly before: JsonObject; readonly removeAfter: readonly ResourceId[] }
    | { readonly action: 'run'; readonly task: Task }
  );

export type Action = Change['action'];

/** Live in Azure with this environment's mark, no longer in Git, and left alone because pruning was not asked for. */
export interface Leftover {
  readonly id: ResourceId;
  readonly address: string;
}

export interface PlanEnvironment {
  readonly name: string;
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
}

/** The commit that the files were read at. */
export interface Head {
  /** Full hash; null where there is none. */
  readonly commit: string | null;
  /** Files that the environment depends on differ from that commit. */
  readonly dirty: boolean;
  /** Those files, from the root of the repository, in order; absent when nothing differs or git could not say. */
  readonly changed?: readonly string[];
  /** Why there is no commit, on one line; git's own words where it refused. Absent where there is one. Not sealed. */
  readonly missing?: string;
}

/**
 * Every decision, as plain JSON: no secret, no function. Changes stand in dependency order, deletes last. It is bound to
 * what was reviewed by `digest`: sha256 over everything else in it.
 */
export interface Plan {
  readonly format: 1;
  readonly tool: string;
  readonly environment: PlanEnvironment;
  readonly head: Head;
  /** The last applied commit that drift was told apart with; null where none is known. */
  readonly base: string | null;
  /** Why the commit that Azure names could not be compared with; null where it was, or where there is none. */
  readonly baseMissing: string | null;
  readonly prune: boolean;
  /** It may be applied although a newer commit was; absent where it may not. */
  readonly allowOlder?: true;
  /** Resources whose secrets were asked to be written again; absent where none were. */
  readonly rotate?: readonly ResourceId[];
  readonly changes: readonly Change[];
  readonly leftovers: readonly Leftover[];
  /** Fingerprint of each live resource it was made from; null: it did not exist. */
  readonly basedOn: Readonly<Record<ResourceId, string | null>>;
  /** What is worth knowing and changes nothing; not covered by the digest, because it may depend on the day. */
  readonly warnings: readonly Diagnostic[];
  /** Why it must not be applied; empty for a plan that may be. */
  readonly refusals: readonly Diagnostic[];
  readonly digest: string;
}
