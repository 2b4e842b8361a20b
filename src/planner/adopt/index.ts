import type { AzureReader } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, KindCatalog, KindDefinition, Site } from '../../model/kind.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { regionId } from '../../model/region.ts';
import { resourceId } from '../../model/resource-id.ts';
import { createFetched } from '../read-live/fetch.ts';
import { arrange, ENVIRONMENT_FILE, type Draft } from './arrange.ts';
import { describeSubjects } from './describe.ts';
import { discover } from './discover.ts';
import { createNameBook, DEFAULT_NAMING, namingFor, type NamedItem } from './names.ts';
import { sharedTags, withoutSharedTags } from './shared-tags.ts';
import { nodeOf, sitesOf, type MissingSecret, type Omission, type Subject } from './subject.ts';

export interface PullRequest {
  /** Where to read; `location` and `tags` come from the resource group. */
  readonly scope: Omit<EnvironmentScope, 'location' | 'tags'>;
  readonly kinds: KindCatalog;
  readonly reader: AzureReader;
}

/** Manifests of a live resource group. */
export interface Pulled {
  /** Where the resource group lies. */
  readonly location: string;
  readonly drafts: readonly Draft[];
  readonly omissions: readonly Omission[];
  readonly secrets: readonly MissingSecret[];
  /** What Azure refused to tell. */
  readonly problems: readonly Diagnostic[];
}

/** Reads everything in a resource group and says it as manifests. Writes nothing; a problem instead when there is no group. */
export async function pullGroup(request: PullRequest): Promise<Pulled | Diagnostic> {
  const { kinds, reader } = request;
  const definition = kinds.get('Environment');
  if (!definition) throw new Error('There is no kind Environment');
  const fetched = createFetched(reader);
  const address = { path: request.scope.groupPath, apiVersion: definition.apiVersion };
  const list = { path: `${address.path}/resources`, apiVersion: definition.apiVersion };
  await fetched.all([
    { type: 'get', address },
    { type: 'list', address: list },
  ]);
  const body = fetched.one(address);
  if (!body) return fetched.problems[0] ?? noGroup(request.scope.resourceGroup);
  const listed = fetched.items(list);
  const scope: EnvironmentScope = { ...request.scope, location: regionId(textOf(body, 'location')), tags: {} };
  const environment = environmentSubject(definition, scope, body);
  const naming = namingFor(namedItems(listed, kinds), scope.name);
  const surroundings = {
    scope,
    naming,
    declared: environment.graph,
    live: new Map([[environment.id, environment.live]]),
  };
  if (environment.live.mark && environment.live.mark.environment !== scope.name) {
    const message = `The resource group belongs to the environment "${environment.live.mark.environment}"`;
    return problem('ING6102', message, {
      hint: `Pull it as that: --environment ${environment.live.mark.environment}.`,
    });
  }
  const names = createNameBook([environment.id], naming, scope.name);
  const found = await discover({ kinds, surroundings, names, fetched, listed });
  const description = await describeSubjects(found.subjects, surroundings, reader);
  const tags = sharedTags(description.described);
  const described = description.described.map((one) => withoutSharedTags(one, tags));
  return {
    location: scope.location,
    drafts: [environmentDraft({ ...scope, tags }, naming), ...arrange(described, scope)],
    omissions: [...found.omissions, ...description.omissions],
    secrets: description.secrets,
    problems: [...fetched.problems, ...description.problems],
  };
}

function namedItems(listed: readonly JsonObject[], kinds: KindCatalog): NamedItem[] {
  const rules = new Map([...kinds.values()].map(({ azureType, nameRule }) => [azureType.toLowerCase(), nameRule]));
  return listed.flatMap((item) => {
    const rule = rules.get(textOf(item, 'type').toLowerCase());
    return rule ? [{ azureName: textOf(item, 'name'), rule }] : [];
  });
}

function noGroup(name: string): Diagnostic {
  return problem('ING6101', `There is no resource group "${name}" in this subscription`, {
    hint: 'Check --resource-group and --subscription, and that you are signed in to the right cloud.',
  });
}

function environmentSubject(definition: KindDefinition, scope: EnvironmentScope, body: JsonObject) {
  const id = resourceId('Environment', scope.name);
  const address = { path: scope.groupPath, apiVersion: definition.apiVersion };
  const subject: Subject = { id, definition, azureName: scope.resourceGroup, address, body, given: {} };
  const node = nodeOf(subject, {});
  const graph: Graph = new Map([[id, node]]);
  const site: Site = sitesOf(new Map(), new Map(), new Map(), { scope, declared: graph, live: new Map() }).siteOf(node);
  return { id, graph, live: { address, ...definition.observe(body, site) } };
}

function environmentDraft(scope: EnvironmentScope, naming: string): Draft {
  const { name, cloud, subscriptionId, tenantId, resourceGroup, location, tags } = scope;
  const spec = {
    cloud,
    subscriptionId,
    ...(tenantId === undefined ? {} : { tenantId }),
    resourceGroup,
    location,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(naming === DEFAULT_NAMING ? {} : { naming }),
  };
  const id = resourceId('Environment', name);
  return {
    id,
    file: ENVIRONMENT_FILE,
    document: { apiVersion: API_VERSION, kind: 'Environment', metadata: { name }, spec },
    texts: {},
  };
}
