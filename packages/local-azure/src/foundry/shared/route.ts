import type { Caller } from '../../arm/caller.ts';
import type { Engine } from '../../arm/contract.ts';
import type { Directives } from '../../engine/faults.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { Reply } from '../../http/reply.ts';
import type { LocalRequest } from '../../http/request.ts';

/** One operation of a project's data plane. */
export interface Route {
  readonly method: string;
  /** Below `…/api/projects/{project}/`: `agents/{name}/versions`, `agents/{name}:enable`. */
  readonly path: string;
  /** A feature in preview that the caller must name in the header Foundry-Features: `Evaluations=V1Preview`. */
  readonly preview?: string;
  /** OpenAI-compatible routes take no api-version. */
  readonly withoutApiVersion?: boolean;
  readonly handle: (call: FoundryCall) => Reply | Promise<Reply>;
}

/** A request to a project that exists. */
export interface FoundryCall {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly caller: Caller;
  readonly account: StoredResource;
  readonly project: StoredResource;
  /** Values of the names in braces. */
  readonly names: Readonly<Record<string, string>>;
  /** Entries of the header Foundry-Features: `DraftAgents=V1Preview`. */
  readonly features: ReadonlySet<string>;
  /** Faults of this request. */
  readonly directives: Directives;
}

export interface MatchedRoute {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
}

/** Finds the route for a path below a project; `wrongMethod` distinguishes a known path from an unknown one. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): MatchedRoute | { readonly wrongMethod: boolean } {
  const matching = routes.flatMap((route) => {
    const names = match(route.path, path);
    return names ? [{ route, names }] : [];
  });
  return matching.find(({ route }) => route.method === method) ?? { wrongMethod: matching.length > 0 };
}

function match(template: string, path: string): Record<string, string> | undefined {
  const found = patternOf(template).exec(path);
  return found ? { ...found.groups } : undefined;
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known) return known;
  const escaped = template.replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`);
  const pattern = new RegExp(`^${escaped.replaceAll(/\{(\w+)\}/gu, '(?<$1>[^/:]+)')}$`, 'u');
  patterns.set(template, pattern);
  return pattern;
}
