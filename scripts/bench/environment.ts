import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';
export const GROUP = 'rg-bench';

/** Levels of resources that wait for each other, the container environment included. */
export const DEPTH = 6;

/**
 * What an environment is made of. `mixed`: identities, container apps, jobs and action groups, for plans. `slow`: container
 * apps and jobs, each an operation that takes its time, in a chain of `DEPTH` levels. `quick`: what one request creates.
 */
export type Mixture = 'mixed' | 'slow' | 'quick';

/** Writes a project with the environment `dev`, a file per resource. Returns its folder. */
export function writeProject(folder: string, resources: number, mixture: Mixture): string {
  const environment = join(folder, 'environments', 'dev');
  mkdirSync(join(environment, 'resources'), { recursive: true });
  const withApps = mixture !== 'quick';
  writeFileSync(join(environment, 'environment.yaml'), environmentText(withApps));
  const count = resources - (withApps ? 1 : 0);
  for (let index = 0; index < count; index++)
    writeFileSync(join(environment, 'resources', `${nameOf(index)}.yaml`), resourceText(index, mixture));
  return folder;
}

function environmentText(withApps: boolean): string {
  const environment = `${header('Environment', 'dev')}spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: ${GROUP}
  location: swedencentral
`;
  return withApps ? `${environment}---\n${header('ContainerEnvironment', 'apps')}` : environment;
}

function header(kind: string, name: string): string {
  return `apiVersion: ingate/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
}

function nameOf(index: number): string {
  return `r${String(index).padStart(5, '0')}`;
}

const KINDS: Readonly<Record<Mixture, readonly string[]>> = {
  mixed: ['ManagedIdentity', 'ContainerApp', 'ContainerJob', 'ActionGroup'],
  slow: ['ContainerApp', 'ContainerJob'],
  quick: ['ManagedIdentity', 'ActionGroup'],
};

function kindOf(index: number, mixture: Mixture): string {
  const kinds = KINDS[mixture];
  return kinds[index % kinds.length] ?? '';
}

/** The first level below the container environment waits for that only; each further one for the resource before. */
function resourceText(index: number, mixture: Mixture): string {
  const kind = kindOf(index, mixture);
  const isChained = mixture !== 'quick' && index % (DEPTH - 1) > 0;
  const after = isChained ? [`  dependsOn: [${kindOf(index - 1, mixture)}/${nameOf(index - 1)}]`] : [];
  const lines = [...(SPECS[kind]?.(index) ?? []), ...after];
  return header(kind, nameOf(index)) + (lines.length > 0 ? `spec:\n${lines.join('\n')}\n` : '');
}

const SPECS: Readonly<Record<string, (index: number) => readonly string[]>> = {
  ContainerApp: (index) => [
    '  environment: apps',
    '  containers:',
    '    - name: api',
    '      image: mcr.microsoft.com/k8se/quickstart:latest',
    '      resources: { cpu: 0.5, memory: 1Gi }',
    `      env: [{ name: INDEX, value: "${index}" }]`,
  ],
  ContainerJob: () => [
    '  environment: apps',
    '  containers:',
    '    - { name: batch, image: contoso.azurecr.io/batch:1 }',
  ],
  ActionGroup: (index) => [`  shortName: g${index}`],
};
