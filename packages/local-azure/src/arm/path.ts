/**
 * The resource or collection that an ARM path addresses. Types and names are as written in the URL; every comparison
 * ignores case. A path with one more type than names is a collection for GET and an action for POST.
 */
export interface Target {
  readonly kind: 'resource' | 'collection' | 'action';
  /** Full type, `Microsoft.App/containerApps/revisions`; of the resource that an action is done on. */
  readonly type: string;
  /** Names of the resource and its parents within the provider, outermost first. */
  readonly names: readonly string[];
  /** Id of the resource; of the parent or scope where the target is a collection. */
  readonly id: string;
  /** Id of what the resource or collection lives below. */
  readonly parent: string;
  /** Empty when there is none, as are the two below. */
  readonly action: string;
  readonly subscription: string;
  readonly resourceGroup: string;
}

interface Scope {
  readonly id: string;
  readonly subscription: string;
  readonly resourceGroup: string;
}

const OWN_NAMESPACE = 'Microsoft.Resources';

/** Parses a path of any depth, extension resources on other resources included. */
export function parsePath(segments: readonly string[], method: string): Target {
  const { scope, used, own } = parseScope(segments);
  return own && used === segments.length ? own : parseBelow(scope, segments.slice(used), method);
}

/** Subscription and resource group; `own` is the target when the path ends there. */
function parseScope(segments: readonly string[]): { scope: Scope; used: number; own: Target | undefined } {
  const [first, subscription, second, group] = segments;
  if (!is(first, 'subscriptions') || subscription === undefined) {
    return { scope: { id: '', subscription: '', resourceGroup: '' }, used: 0, own: undefined };
  }
  const outer: Scope = { id: `/subscriptions/${subscription}`, subscription, resourceGroup: '' };
  if (!is(second, 'resourceGroups') || group === undefined) {
    return {
      scope: outer,
      used: 2,
      own: resource('subscriptions', { id: '', subscription, resourceGroup: '' }, outer.id, subscription),
    };
  }
  const inner: Scope = { id: `${outer.id}/resourceGroups/${group}`, subscription, resourceGroup: group };
  return { scope: inner, used: 4, own: resource('resourceGroups', outer, inner.id, group) };
}

function resource(type: string, parent: Scope, id: string, name: string): Target {
  const { subscription, resourceGroup } = parent;
  return {
    kind: 'resource',
    type: `${OWN_NAMESPACE}/${type}`,
    names: [name],
    id,
    parent: parent.id,
    action: '',
    subscription,
    resourceGroup,
  };
}

function parseBelow(scope: Scope, segments: readonly string[], method: string): Target {
  const [first, namespace, ...rest] = segments;
  if (is(first, 'providers') && namespace !== undefined && rest.length > 0)
    return parseProvider(scope, namespace, rest, method);
  return parseProvider(scope, OWN_NAMESPACE, segments, method, scope.id);
}

/** `prefix` is what ids of this provider start with: ARM's own types have no `/providers/` in theirs. */
function parseProvider(
  scope: Scope,
  namespace: string,
  segments: readonly string[],
  method: string,
  prefix = `${scope.id}/providers/${namespace}`,
): Target {
  const types: string[] = [];
  const names: string[] = [];
  for (let index = 0; index < segments.length; index += 2) {
    const [type = '', name] = segments.slice(index, index + 2);
    if (is(type, 'providers') && index > 0) {
      const inner: Scope = { ...scope, id: idOf(prefix, types, names) };
      return parseBelow(inner, segments.slice(index), method);
    }
    types.push(type);
    if (name !== undefined) names.push(name);
  }
  return toTarget({ scope, namespace, prefix, types, names, method });
}

interface Parts {
  readonly scope: Scope;
  readonly namespace: string;
  readonly prefix: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly method: string;
}

function toTarget({ scope, namespace, prefix, types, names, method }: Parts): Target {
  const { subscription, resourceGroup } = scope;
  const parentOf = (depth: number): string =>
    depth <= 1 ? scope.id : idOf(prefix, types.slice(0, depth - 1), names.slice(0, depth - 1));
  const full = (count: number): string => [namespace, ...types.slice(0, count)].join('/');
  if (types.length === names.length) {
    const id = idOf(prefix, types, names);
    return {
      kind: 'resource',
      type: full(types.length),
      names,
      id,
      parent: parentOf(types.length),
      action: '',
      subscription,
      resourceGroup,
    };
  }
  if (method !== 'POST') {
    const parent = parentOf(types.length);
    return {
      kind: 'collection',
      type: full(types.length),
      names,
      id: parent,
      parent,
      action: '',
      subscription,
      resourceGroup,
    };
  }
  const depth = names.length;
  const id = depth === 0 ? scope.id : idOf(prefix, types.slice(0, depth), names);
  return {
    kind: 'action',
    type: full(depth),
    names,
    id,
    parent: parentOf(depth),
    action: types[depth] ?? '',
    subscription,
    resourceGroup,
  };
}

function idOf(prefix: string, types: readonly string[], names: readonly string[]): string {
  return [prefix, ...types.flatMap((type, index) => [type, names[index] ?? ''])].join('/');
}

function is(segment: string | undefined, literal: string): boolean {
  return segment?.toLowerCase() === literal.toLowerCase();
}
