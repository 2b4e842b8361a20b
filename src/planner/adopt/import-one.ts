import type { AzureReader } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import type { EnvironmentScope, KindCatalog } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { didYouMean } from '../load/suggest.ts';
import { createFetched } from '../read-live/fetch.ts';
import { readLive } from '../read-live.ts';
import { arrange, type Draft } from './arrange.ts';
import { describeSubjects } from './describe.ts';
import { discoverOne } from './discover.ts';
import { createNameBook } from './names.ts';
import { withoutSharedTags } from './shared-tags.ts';
import type { MissingSecret, Omission } from './subject.ts';

export interface ImportRequest {
  readonly kind: string;
  readonly name: string;
  /** Resource id, or URL of the data plane. */
  readonly path: string;
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  /** The environment's pattern of Azure names. */
  readonly naming: string;
  readonly kinds: KindCatalog;
  readonly reader: AzureReader;
}

/** The manifest of one live resource. */
export interface Imported {
  readonly draft: Draft;
  readonly omissions: readonly Omission[];
  readonly secrets: readonly MissingSecret[];
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Says one live resource as a manifest that fits to those that are there. Its parent, or what it is attached to, must be
 * declared already. Writes nothing; a problem instead where it cannot be.
 */
export async function importResource(request: ImportRequest): Promise<Imported | Diagnostic> {
  const { kind, name, graph, scope, naming, kinds, reader } = request;
  const path = request.path.replace(/\/+$/, '');
  const id = resourceId(kind, name);
  const refusal = refused(id, request);
  if (refusal) return refusal;
  const fetched = createFetched(reader);
  const state = await readLive({ graph, scope, kinds, reader, prune: false }, fetched);
  const [unread] = fetched.problems;
  if (unread) return unread;
  const known = [...state.live].find(([, { address }]) => address.path.toLowerCase() === path.toLowerCase());
  if (known) return problem('ING6106', `${known[0]} stands for this resource already`, { resource: known[0] });
  const surroundings = { scope, naming, declared: graph, live: state.live };
  const names = createNameBook(graph.keys(), naming, scope.name);
  const listed = [{ type: kinds.get(kind)?.azureType ?? '' }];
  const found = await discoverOne({ kinds, surroundings, names, fetched, listed }, { kind, id, path });
  const subject = found.subjects.get(id);
  if (!subject) return notFound(kind, path, scope, found.omissions, fetched.problems);
  const description = await describeSubjects(found.subjects, surroundings, reader);
  const described = description.described.map((one) => withoutSharedTags(one, scope.tags));
  const draft = arrange(described, scope).find((one) => one.id === id);
  if (!draft) return problem('ING6107', `${id} could not be described`);
  return { draft, omissions: [...found.omissions, ...description.omissions], secrets: description.secrets };
}

function refused(id: ResourceId, { kind, name, graph, kinds }: ImportRequest): Diagnostic | undefined {
  if (!kinds.has(kind) || kind === 'Environment') {
    const hint = didYouMean(kind, [...kinds.keys()]) ?? '`ingate explain` lists the kinds.';
    return problem('ING6107', `There is no kind "${kind}" to import`, { hint });
  }
  if (!NAME.test(name))
    return problem('ING6107', `"${name}" is not a valid name`, {
      hint: 'Names have lower-case letters, digits and hyphens.',
    });
  const there = graph.get(id);
  return there && problem('ING6106', `${id} is declared already`, { resource: id, at: there.positionOf('') });
}

function notFound(
  kind: string,
  path: string,
  { groupPath }: EnvironmentScope,
  omissions: readonly Omission[],
  problems: readonly Diagnostic[],
): Diagnostic {
  const [unread] = problems;
  if (unread) return unread;
  const why = omissions.find(({ what }) => what.toLowerCase() === path.toLowerCase());
  if (why) return problem('ING6107', `${path} cannot be imported: ${why.reason}`);
  const isOutside = path.startsWith('/') && !path.toLowerCase().startsWith(`${groupPath.toLowerCase()}/`);
  const hint = isOutside
    ? "It lies outside of the environment's resource group."
    : 'Check the id and the kind. What it lies below has to be declared before.';
  return problem('ING6107', `There is no ${kind} at ${path}`, { hint });
}
