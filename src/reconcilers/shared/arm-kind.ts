import { textOf, type JsonObject, type Pointer } from '../../model/json.ts';
import type { Live, NameCheck, NameRule, Ownership, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import { createBody, updateBody } from './arm-body.ts';
import { ancestorPath, locateArm, parentFieldOf, parentPath } from './arm-location.ts';
import { observeArm } from './arm-observation.ts';
import { withSecrets } from './secrets.ts';

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
  /** `put` (default) sends the whole resource; `patch` sends declared fields as a merge patch. */
  readonly update?: 'put' | 'patch';
  /** Segment of the ancestor, such as `accounts`, below which the provider answers 409 to writes that run at once. */
  readonly oneAtATime?: string;
  /** Most minutes that creating, changing or deleting may take; 30 without. */
  readonly deadlineMinutes?: number;
  /** Read by itself: the provider has no list, or there is one of it only. */
  readonly noList?: boolean;
  readonly parts?: Readonly<Record<string, Reconciler>>;
  /** Completes the request body. */
  toArm?(body: JsonObject, site: Site<Spec>): JsonObject;
  /** Completes the request body with what has to be asked of Azure first. */
  complete?(body: JsonObject, site: Site<Spec>, context: WriteContext): Promise<JsonObject>;
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
}

const DEFAULT_DEADLINE_MINUTES = 30;

/** What request bodies and observations are made with. */
export function compileArmKind<Spec extends object>(declared: ArmKind<Spec>): CompiledArmKind {
  return { ...declared, fields: inlineSchema(declared.schema), ownership: declared.ownership ?? 'tags' };
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
    secretsOf: (spec, body) => declared.secretsOf?.(spec, body) ?? [],
    ...(declared.globalName ? { nameCheck: nameCheckOf(declared.globalName, declared.apiVersion) } : {}),
    ...(declared.preflight ? { preflight: declared.preflight } : {}),
    ...(declared.oneAtATime ? { writesOneAtATime: lock } : {}),
    write: (context, site, live, removed) => write(compiled, deadlineMs, context, site, live, removed),
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

async function write(
  kind: CompiledArmKind,
  deadlineMs: number,
  context: WriteContext,
  site: Site,
  live: Live | undefined,
  removed: readonly Pointer[],
): Promise<JsonObject> {
  const { azure, secret, signal, report } = context;
  const path = locateArm(kind, site).address?.path;
  if (path === undefined)
    throw new Error(`The address of ${site.id} is not known although everything it needs was applied`);
  const address = { path, apiVersion: kind.apiVersion };
  const options = { deadlineMs, signal, report };
  const spec = await withSecrets(site.spec as JsonObject, secret);
  const declaredBody = live ? updateBody(kind, spec, site, live.body, removed) : createBody(kind, spec, site);
  const body = kind.complete ? await kind.complete(declaredBody, site, context) : declaredBody;
  if (!live) return azure.put(address, body, options);
  return kind.update === 'patch' ? azure.patch(address, body, options) : azure.put(address, body, options);
}
