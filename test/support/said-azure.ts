import type { AzureReader } from '../../src/model/azure.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import type { ProjectFiles } from '../../src/model/project-files.ts';
import { planEnvironment, validateEnvironment } from '../../src/planner/index.ts';
import { registry } from '../../src/reconcilers/registry.ts';

export const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;

/** A resource as an answer has it: everything below its id is the body that Azure answers. */
export type Said = Readonly<{ id: string } & JsonObject>;

const MARKED_GROUP: Said = {
  id: GROUP,
  name: 'rg',
  type: 'Microsoft.Resources/resourceGroups',
  location: 'westus2',
  tags: { 'ingate-environment': 'dev', 'ingate-id': 'Environment/dev' },
  properties: { provisioningState: 'Succeeded' },
};

/** Azure that answers these bodies and has nothing else: lists are what lies directly below. */
export function azureThatSays(bodies: readonly Said[]): AzureReader {
  const known = new Map([MARKED_GROUP, ...bodies].map((body) => [body.id.toLowerCase(), body]));
  return {
    now: () => Date.parse('2026-11-01T00:00:00Z'),
    get: ({ path }) => Promise.resolve(known.get(path.toLowerCase())),
    head: () => Promise.resolve(undefined),
    text: () => Promise.resolve(undefined),
    list: ({ path }) => {
      const below = [...known].filter(([id]) => id.slice(0, id.lastIndexOf('/')) === path.toLowerCase());
      return Promise.resolve(below.map(([, body]) => body));
    },
  };
}

const FILE = 'environments/dev/all.yaml';

/** A repository with one file. */
function filesOf(text: string): ProjectFiles {
  const content = new TextEncoder().encode(text);
  return {
    entries: (folder) => (FILE.startsWith(`${folder}/`) ? [{ name: 'all.yaml', type: 'file' }] : undefined),
    stat: (path) => (path === FILE ? { type: 'file', size: content.length } : undefined),
    read: () => content,
    tree: () => [FILE],
  };
}

const ENVIRONMENT = `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: dev }
spec: { cloud: local, subscriptionId: ${SUBSCRIPTION}, resourceGroup: rg, location: westus2, naming: "{name}" }
`;

/** A document of a resource that may be taken over, with its spec as JSON or YAML flow text. */
export function manifest(kind: string, name: string, spec: JsonObject): string {
  const body = {
    apiVersion: 'ingate/v1alpha1',
    kind,
    metadata: { name },
    spec: { ...spec, lifecycle: { adopt: true } },
  };
  return JSON.stringify(body);
}

/** The plan of these documents against an Azure that answers these bodies. Rejects when the documents have errors. */
export async function planAgainst(documents: readonly string[], bodies: readonly Said[]): Promise<Plan> {
  const files = filesOf([ENVIRONMENT, ...documents].join('\n---\n'));
  const { environment, scope, graph, diagnostics } = validateEnvironment({
    files,
    folder: 'environments/dev',
    kinds: registry,
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!environment || !scope || errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  const planned = await planEnvironment({
    environment,
    scope,
    graph,
    kinds: registry,
    reader: azureThatSays(bodies),
    prune: false,
    tool: 'test',
    head: { commit: null, dirty: false },
  });
  if (!planned.plan) throw new Error('Azure could not be read');
  return planned.plan;
}

/** `label: before -> after` of every field that a change of a plan touches. */
export function fieldsOf(change: Change | undefined): string[] {
  if (change?.action !== 'update' && change?.action !== 'replace') return change ? [change.action] : [];
  return change.fields.map(
    ({ label, before, after }) => `${label}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
  );
}
