import type { Engine } from '../../arm/contract.ts';
import { sameText } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';

/** Versions that have builds, runs and tasks. */
export const TASK_VERSIONS: readonly string[] = [
  '2018-09-01',
  '2019-04-01',
  '2019-06-01-preview',
  '2025-03-01-preview',
];

/** Versions of Microsoft.ContainerRegistry that SDKs, az, azd and Terraform send; builds are actions of a registry. */
export const REGISTRY_VERSIONS: readonly string[] = [
  '2017-10-01',
  '2018-09-01',
  '2019-04-01',
  '2019-05-01',
  '2019-06-01-preview',
  '2020-11-01-preview',
  '2021-08-01-preview',
  '2021-09-01',
  '2022-02-01-preview',
  '2022-12-01',
  '2023-01-01-preview',
  '2023-06-01-preview',
  '2023-07-01',
  '2023-08-01-preview',
  '2023-11-01-preview',
  '2024-11-01-preview',
  '2025-03-01-preview',
  '2025-04-01',
  '2025-11-01',
];

export const REGISTRY_TYPE = 'Microsoft.ContainerRegistry/registries';
export const RUN_TYPE = 'Microsoft.ContainerRegistry/registries/runs';
export const TASK_TYPE = 'Microsoft.ContainerRegistry/registries/tasks';

/** Names of registries, replications and webhooks. */
export const NAME = /^[a-zA-Z0-9]{5,50}$/u;

/** Registry names are unique in all of Azure, because they are host names. */
export function findRegistry(engine: Engine, name: string): StoredResource | undefined {
  return engine.resources.list({ type: REGISTRY_TYPE }).find((registry) => sameText(registry.name, name));
}

/** The host that images are named after. On this server it is answered for by its Host header, or below `/acr/{name}/`. */
export function loginServer({ name }: Pick<Resource, 'name'>): string {
  return `${name.toLowerCase()}.azurecr.io`;
}

/** Where the registry's own API is on this server, with a slash at the end. */
export function registryUri(origin: string, { name }: Pick<Resource, 'name'>): string {
  return `${origin}/acr/${name.toLowerCase()}/`;
}
