import type { Address } from '../../model/azure.ts';
import { textOf, type JsonObject, type Pointer } from '../../model/json.ts';
import type { NameCheck, NameRule, Ownership, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import type { FieldChange } from '../../model/plan.ts';
import { createBody } from './arm-body.ts';
import { ancestorPath, locateArm, parentFieldOf, parentPath } from './arm-location.ts';
import { observeArm } from './arm-observation.ts';
import { assertPlanned, callOf, changeTags, updateOf } from './arm-update.ts';
import type { ListKeys } from './edit/lists.ts';
import { listKeysOf } from './edit/targets.ts';
import { withListedSecrets } from './listed-secrets.ts';
import { neededSecrets } from './needed-secrets.ts';
import { withDeclaredSecrets } from './secrets.ts';

/** An output: where it is found in the live body, and what it is. */
export type OutputSource = readonly [from: Pointer, description: string];

/**
 * Declares a kind that is one ARM resource. What the schema says about fields is enough for most kinds; `toArm` and
 * `fromArm` are for what a field-by-field mapping cannot say.
 */
export interface ArmKind<Spec extends object = object> {
  readonly kind: string;
  readonly schema: SpecSchema;
  /** Full type, such as `Microsoft.App/containerApps`. A child's path is its parent's path, `below` and its last segment. */
  readonly type: string;
  readonly apiVersion: string;
  readonly nameRule: NameRule;
  /** Segments between the parent's path and the last segment of the type, such as `/blobServices/default`. */
  readonly below?: string;
  /** Extension resources: the path of the resource that this one is attached to. Undefined while not known. */
  scope?(site: Site<Spec>): string | undefined;
  readonly ownership?: Ownership;
  readonly stateful?: boolean;
  readonly outputs?: Readonly<Record<string, OutputSource>>;
  /** Members that every body has and that no field changes, such as `kind`. */
  readonly fixed?: JsonObject;
  /** Fields of the live body that Azure computes; `*` stands for every member or item. */
  readonly readOnly?: readonly Pointer[];
  /** Members of the body that Azure takes when the resource is created and never again. */
  readonly createOnly?: readonly Pointer[];
  /** Members of the body that Azure refuses beside what the spec says, also where the live resource still has them. */
  withhold?(spec: Spec): readonly Pointer[];
  /** Query parameters of every read, such as `$expand` where lists leave something out. */
  readonly readQuery?: Readonly<Record<string, string>>;
  /** Further query parameters of the list. */
  readonly listQuery?: Readonly<Record<string, string>>;
  /** `put` (default) sends the whole resource; `patch` sends what changes as a merge patch. */
  readonly update?: 'put' | 'patch';
  /** Where the body has the fields that `toArm` and `complete` write, by the name of the field. */
  readonly targets?: Readonly<Record<string, readonly Pointer[]>>;
  /** Lists that `toArm` writes, with `*` for items, and the members that identify their items. */
  readonly itemKeys?: Readonly<Record<string, readonly Pointer[]>>;
  /** Members that Azure never returns and that a PUT without them would take away. */
  readonly writeOnly?: readonly Pointer[];
  /** A PUT without the secrets that were given before keeps them, or Azure returns them. */
  readonly keepsSecrets?: boolean;
  /** A list of secrets that is sent as a whole: the action `listSecrets` tells the values of those that stay. */
  readonly listedSecrets?: Pointer;
  /** Members that name the present state: null goes with every PATCH of what they lie in. */
  readonly resets?: readonly Pointer[];
  /** Further tags of the mark. */
  readonly markMore?: JsonObject;
  /** Segment of the ancestor, such as `accounts`, below which the provider answers 409 to writes that run at once. */
  readonly oneAtATime?: string;
  /** Most minutes that creating, changing or deleting may take; 30 without. */
  readonly deadlineMinutes?: number;
  /** Read by itself: the provider has no list, or there is one of it only. */
  readonly noList?: boolean;
  readonly parts?: Readonly<Record<string, Reconciler>>;
  /** Completes the request body. */
  toArm?(body: JsonObject, site: Site<Spec>): JsonObject;
  /**
   * Completes the request body with what has to be asked of Azure first. `fields`: the planned changes of an update;
   * absent when the resource is created.
   */
  complete?(
    body: JsonObject,
    site: Site<Spec>,
    context: WriteContext,
    fields: readonly FieldChange[] | undefined,
  ): Promise<JsonObject>;
  /** Completes what was read from a live body. */
  fromArm?(spec: JsonObject, body: JsonObject, site: Site<Spec>): JsonObject;
  tolerate?(desired: JsonObject, live: JsonObject): readonly Pointer[];
  /** What `claims` of the kind says beyond `fixed.kind`. */
  claims?(body: JsonObject): 'yes' | 'other' | 'azure';
  secretsOf?(spec: JsonObject, body: JsonObject): readonly Pointer[];
  readonly preflight?: Reconciler['preflight'];
  /** For names that are unique in all of Azure: the action below the subscription, and `type` in its body. */
  readonly globalName?: { readonly action: string; readonly type: string };
}

/** A declaration with what follows from it. */
export interface CompiledArmKind extends ArmKind {
  /** With references inlined. */
  readonly fields: SpecSchema;
  readonly ownership: Ownership;
  /** What identifies items, for every list of the body. */
  readonly lists: ListKeys;
}

const DEFAULT_DEADLINE_MINUTES = 30;

/** What request bodies and observations are made with. */
export function compileArmKind<Spec extends object>(declared: ArmKind<Spec>): CompiledArmKind {
  const fields = inlineSchema(declared.schema);
  const lists = new Map([...listKeysOf(fields), ...Object.entries(declared.itemKeys ?? {})]);
  return { ...declared, fields, lists, ownership: declared.ownership ?? 'tags' };
}

export function armKind<Spec extends object = object>(declared: ArmKind<Spec>): Reconciler {
  const compiled = compileArmKind(declared);
  const { fields } = compiled;
  const deadlineMs = (declared.deadlineMinutes ?? DEFAULT_DEADLINE_MINUTES) * 60_000;
  const field = parentFieldOf(fields);
  const lock = (site: Site): string | undefined => ancestorPath(parentPath(field, site), declared.oneAtATime);
  const outputs = Object.entries(declared.outputs ?? {}).map(([name, [, description]]) => [name, description]);
  return {
    kind: declared.kind,
    schema: declared.schema,
    azureType: declared.type,
    apiVersion: declared.apiVersion,
    nameRule: declared.nameRule,
    ownership: compiled.ownership,
    stateful: declared.stateful ?? false,
    outputs: { id: 'Resource id.', name: 'Name in Azure.', ...Object.fromEntries(outputs) },
    parts: declared.parts ?? {},
    locate: (site) => locateArm(compiled, site),
    identify: (item) => textOf(item, 'id'),
    observe: (body, site) => observeArm(compiled, body, site),
    tolerate: (desired, live) => declared.tolerate?.(desired, live) ?? [],
    claims: (body) => (isOfKind(declared.fixed, body) ? (declared.claims?.(body) ?? 'yes') : 'other'),
    neededSecrets: (spec, fields) => neededSecrets(compiled, spec, fields),
    secretsOf: (spec, body) => declared.secretsOf?.(spec, body) ?? [],
    ...(declared.globalName ? { nameCheck: nameCheckOf(declared.globalName, declared.apiVersion) } : {}),
    ...(declared.preflight ? { preflight: declared.preflight } : {}),
    ...(declared.oneAtATime ? { writesOneAtATime: lock } : {}),
    write: (context, site, live, fields) => writeLocated(compiled, context, site, { live: live?.body, fields }),
    remove: ({ azure, signal, report }, { address: { path } }) =>
      azure.delete({ path, apiVersion: declared.apiVersion }, { deadlineMs, signal, report }),
  };
}

/** Azure's `kind` of a live resource, where every body of ours has one. */
function isOfKind(fixed: JsonObject | undefined, body: JsonObject): boolean {
  const [wanted, live] = [textOf(fixed ?? {}, 'kind'), textOf(body, 'kind')];
  return wanted === '' || live === '' || wanted.toLowerCase() === live.toLowerCase();
}

function nameCheckOf({ action, type }: NonNullable<ArmKind['globalName']>, apiVersion: string): NameCheck {
  return { path: action, apiVersion, body: (name) => ({ name, type }) };
}

/** Where a resource is written; `live`: its body as it is, undefined for one that is created. */
export interface Target {
  readonly path: string;
  readonly live: JsonObject | undefined;
  readonly fields: readonly FieldChange[];
}

function writeLocated(
  kind: CompiledArmKind,
  context: WriteContext,
  site: Site,
  change: Omit<Target, 'path'>,
): Promise<JsonObject> {
  const path = locateArm(kind, site).address?.path;
  if (path === undefined)
    throw new Error(`The address of ${site.id} is not known although everything it needs was applied`);
  return writeArm(kind, context, site, { path, ...change });
}

/** Creates a resource, or makes the planned changes of a live one with the smallest call. */
export async function writeArm(
  kind: CompiledArmKind,
  context: WriteContext,
  site: Site,
  { path, live, fields }: Target,
): Promise<JsonObject> {
  const address = { path, apiVersion: kind.apiVersion };
  if (!live) {
    const body = createBody(kind, site.spec as JsonObject, site);
    const complete = kind.complete ? await kind.complete(body, site, context, undefined) : body;
    return send(kind, context, site, { how: 'put', address, body: complete });
  }
  const update = updateOf(kind, site, live, fields);
  const edited = kind.complete ? await kind.complete(update.edited, site, context, fields) : update.edited;
  const changed = { ...update, edited };
  const call = callOf(kind, changed, live);
  assertPlanned(kind, site, update, call);
  if (call.how === 'none') return live;
  const tagged = call.how === 'tags' && (await changeTags(context, { address, body: live }, call));
  if (tagged) return tagged;
  const whole = call.how === 'tags' ? callOf({ ...kind, ownership: 'none' }, changed, live) : call;
  return whole.how === 'put' || whole.how === 'patch' ? send(kind, context, site, { ...whole, address }) : live;
}

interface Sending {
  readonly how: 'put' | 'patch';
  readonly address: Address;
  readonly body: JsonObject;
}

/** Fills in secrets and sends. */
async function send(
  kind: CompiledArmKind,
  context: WriteContext,
  site: Site,
  { how, address, body }: Sending,
): Promise<JsonObject> {
  const { azure, secret, signal, report } = context;
  const options = { deadlineMs: (kind.deadlineMinutes ?? DEFAULT_DEADLINE_MINUTES) * 60_000, signal, report };
  const filled = await withDeclaredSecrets(body, site.spec as JsonObject, secret);
  if (how === 'put') return azure.put(address, filled, options);
  const kept = kind.listedSecrets ? await withListedSecrets(filled, kind.listedSecrets, context, address) : filled;
  return azure.patch(address, kept, options);
}
