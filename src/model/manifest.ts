import type { PositionOf } from './diagnostic.ts';
import type { JsonObject, Pointer } from './json.ts';
import type { ResourceId } from './resource-id.ts';

export const API_VERSION = 'ingate/v1alpha1';

/** `spec.lifecycle`: how changes of a resource are limited. The same for every kind. */
export interface Lifecycle {
  /** A plan that would delete or replace the resource is refused. */
  readonly preventDestroy: boolean;
  /** Fields (pointers below `spec`) whose live value is left alone once the resource exists. */
  readonly ignoreChanges: readonly Pointer[];
  /** Take over a live resource of the same address that carries no mark of this environment. */
  readonly adopt: boolean;
}

/**
 * One document of the environment after `extends` was merged, files were read in and the schema's defaults were filled
 * in. `spec` holds only what the kind's schema describes: `lifecycle`, `azureName` and `dependsOn` are lifted out.
 */
export interface Manifest<Spec extends object = JsonObject> {
  readonly id: ResourceId;
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Spec;
  /** The name in Azure when it must not follow the naming pattern. */
  readonly azureName?: string;
  readonly lifecycle: Lifecycle;
  /** Order that no reference expresses. */
  readonly dependsOn: readonly ResourceId[];
  readonly positionOf: PositionOf;
}

export type Cloud = 'local' | 'public' | 'usgovernment' | 'china';

/** The `kind: Environment` document: where everything else of its folder lives. */
export interface EnvironmentSpec {
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  readonly tenantId?: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Pattern of Azure names: `{name}`, `{environment}`, `{hash}` (eight characters of subscription and group). */
  readonly naming: string;
  readonly extends?: string;
  /** Where the lease is kept that is held while the environment is written to. */
  readonly lock?: { readonly storageAccount: string; readonly container: string };
  readonly protection: Protection;
}

/** What a plan may destroy in this environment. */
export interface Protection {
  readonly allowDeletes: boolean;
  /** Most resources that one plan may delete or replace. */
  readonly maxDeletes: number;
  /** Most of the managed resources, in percent, that one plan may delete or replace. */
  readonly maxDeletePercent: number;
}

/** A value that another resource of the environment produces: `valueFrom: {kind, name, output}`. */
export interface ValueFrom {
  readonly valueFrom: { readonly kind: string; readonly name: string; readonly output: string };
}

/**
 * A secret, by reference only: an environment variable of the process or a secret of a Key Vault. `version` says which
 * value is meant, so that a new value is a change in Git: of a Key Vault the version's own id, else any text or number.
 */
export interface SecretReference {
  readonly secret: ({ readonly env: string } | { readonly keyVault: string; readonly name: string }) & {
    readonly version?: string | number;
  };
}

export function isValueFrom(value: unknown): value is ValueFrom & JsonObject {
  return hasOnlyMember(value, 'valueFrom') && typeof Reflect.get(value.valueFrom, 'output') === 'string';
}

export function isSecretReference(value: unknown): value is SecretReference & JsonObject {
  return (
    hasOnlyMember(value, 'secret') &&
    (typeof Reflect.get(value.secret, 'env') === 'string' || typeof Reflect.get(value.secret, 'keyVault') === 'string')
  );
}

function hasOnlyMember<K extends string>(value: unknown, key: K): value is Record<K, object> {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== key) return false;
  const inner: unknown = Reflect.get(value, key);
  return typeof inner === 'object' && inner !== null;
}
