import { equal, textAt, valueAt } from '../../model/json.ts';
import type { Change } from '../../model/plan.ts';
import { contentsOf, releaseId } from '../../model/promotion/contents.ts';
import { SOURCE, type ReleaseContents } from '../../model/promotion/types.ts';
import { kindOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import type { Planned } from '../../planner/index.ts';
import type { Promotion, Promotions } from '../../planner/promotion.ts';
import { RELEASE_TAG } from '../../reconcilers/shared/marks.ts';
import type { Opened } from '../session.ts';

/** The release that an environment has, as far as Azure shows it. */
export interface There {
  /** Undefined while part of the contents is not known. */
  readonly id: string | undefined;
  readonly contents: ReleaseContents;
  /** What differs from the files, or is not known yet: `Agent/support: update`. Empty: it is really there. */
  readonly pending: readonly string[];
  /** When a complete apply brought it; undefined when no apply from a commit recorded that. */
  readonly since: Date | undefined;
}

/** What an environment has of a release. `releases` are those that its files know. */
export function releaseThere(
  { environment, graph, scope }: Pick<Opened, 'environment' | 'graph' | 'scope'>,
  { plan, state }: Planned,
  { name, policy }: Promotion,
  { releases }: Pick<Promotions, 'releases'>,
): There {
  const pointed = environment.pointers.find((one) => one.name === name)?.id ?? SOURCE;
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const found = contentsOf(graph, sites, policy.resources);
  const release = releases.find((one) => one.name === name && one.id === pointed);
  const contents = release?.contents ?? found.contents;
  const own = found.unknown.length === 0 ? releaseId(name, contents) : undefined;
  const id = pointed === SOURCE ? own : pointed;
  const users = [...graph.values()].filter(
    (node) =>
      kindOf(node.id) !== 'EvaluationGate' &&
      node.references.some(
        ({ to, type }) => policy.resources.includes(to) && (type === 'value' || type === 'reference'),
      ),
  );
  const wanted = new Set<ResourceId>([...policy.resources, ...users.map((node) => node.id)]);
  const pending = plan.changes.filter((one) => wanted.has(one.id) && one.action !== 'keep').map(changeText);
  const unknown = found.unknown.filter(
    (one) => !plan.changes.some((change) => change.id === one && change.action !== 'keep'),
  );
  const declared = contentsOf(
    graph,
    createSites(graph, scope, () => undefined, state.resourceAt),
    policy.resources,
  );
  const moved = policy.resources.filter(
    (one) =>
      release !== undefined &&
      declared.contents[one] !== undefined &&
      !equal(declared.contents[one], found.contents[one]),
  );
  const group = state.live.get(resourceId('Environment', scope.name))?.body;
  const marked = readMark(textAt({ tags: lowerKeys(valueAt(group, '/tags')) }, `/tags/${RELEASE_TAG}${name}`));
  return {
    id,
    contents,
    pending: [
      ...pending,
      ...unknown.map((one) => `${one}: not known`),
      ...moved.map((one) => `${one}: Azure has moved it to another version`),
    ],
    since: marked && marked.id === id ? marked.since : undefined,
  };
}

function changeText({ id, action }: Change): string {
  return `${id}: ${action}`;
}

function lowerKeys(tags: unknown): Record<string, string> {
  const entries = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
  return Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), String(value)]));
}

/** What a tag says: the id of a release and when it came. */
export function readMark(text: string): { readonly id: string; readonly since: Date } | undefined {
  const [id = '', time = ''] = text.split(' ');
  const since = new Date(time);
  return /^[0-9a-f]{12}$/.test(id) && !Number.isNaN(since.getTime()) ? { id, since } : undefined;
}
