import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createLab, type Lab, type LabOptions, type Ran } from '../support/lab.ts';

export const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';

/** The first manifests; `LASTING_BASE` has a model without a retirement date, for commands in the machine's time. */
const BASE = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1, version: "2025-04-14" } }
---
apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  instructionsFile: ../../prompt.md
  definition: { model: chat, temperature: 0.3 }
---
apiVersion: ingate/v1alpha1
kind: ContainerRegistry
metadata: { name: images }
spec: { sku: Standard }
---
apiVersion: ingate/v1alpha1
kind: ContainerImage
metadata: { name: api }
spec: { registry: images, repository: support/api, context: ../../app }
---
apiVersion: ingate/v1alpha1
kind: LogWorkspace
metadata: { name: logs }
---
apiVersion: ingate/v1alpha1
kind: ContainerEnvironment
metadata: { name: apps }
spec: { logs: { destination: log-analytics, workspace: logs } }
---
apiVersion: ingate/v1alpha1
kind: ContainerApp
metadata: { name: api }
spec:
  environment: apps
  containers:
    - name: api
      image: { valueFrom: { kind: ContainerImage, name: api, output: image } }
`;

export const LASTING_BASE = BASE.replace(
  'name: gpt-4.1, version: "2025-04-14"',
  'name: gpt-5-mini, version: "2025-08-07"',
);

export const GATE = `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  datasetFile: ../../golden.jsonl
  metrics:
    - { name: polite, grader: { type: contains, values: ["please"], ignoreCase: true }, atLeast: 0.8 }
`;

const GOLDEN = Array.from({ length: 40 }, (_, n) => `{"id":"q-${n}","query":"Question ${n}?"}\n`).join('');

const environment = (name: string): string => `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: rg-${name}
  location: swedencentral
  naming: "s-{name}-{environment}"
  extends: ../base
`;

/** With a comment, so that a change of more than one line shows. */
export const POINTER = `# What this environment has.
apiVersion: ingate/v1alpha1
kind: ReleasePointer
metadata:   { name: support }   # of releases/support
spec:
  id:   source   # changed by promotion
`;

export const POLICY = `apiVersion: ingate/v1alpha1
kind: PromotionPolicy
metadata: { name: support }
spec:
  resources: [Agent/support, ContainerImage/api, ModelDeployment/chat]
  stages:
    - { environment: dev }
    - { environment: qa, from: [dev], require: { gates: [release] } }
    - { environment: prod, from: [qa], require: { gates: [release], soak: 1h, evidenceMaxAge: 1d, signedBy: [ci-qa] } }
`;

export const pair = generateKeyPairSync('ed25519');
const spki = (key: KeyObject, indent: string): string =>
  (key.export({ type: 'spki', format: 'pem' }) as string)
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}\n`)
    .join('');

export const trust = (...more: readonly string[]): string => `apiVersion: ingate/v1alpha1
kind: TrustedKeys
metadata: { name: evidence }
spec:
  keys:
    - name: ci-qa
      environments: [dev, qa]
      publicKey: |
${spki(pair.publicKey, '        ')}${more.map((line) => `  ${line}\n`).join('')}`;

export interface Estate extends Lab {
  git(...args: readonly string[]): string;
  /** Runs a command that has to work. */
  ok(...args: readonly string[]): Promise<string>;
  /** The release that a run of `promote` or `release` printed. */
  prompt(text: string): void;
  /** Merges a branch into main, as a review would. */
  merge(branch: string): void;
  /** Sets back when a release came to an environment, by hours. */
  age(environment: string, hours: number): Promise<void>;
}

/** A repository with dev, qa and prod, a gate, a policy and a key. */
export async function createEstate(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
  time: Pick<LabOptions, 'clock' | 'azure'> = {},
): Promise<Estate> {
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const lab = await createLab({
    files: {
      'environments/base/base.yaml': BASE,
      'environments/base/gate.yaml': GATE,
      'environments/dev/environment.yaml': environment('dev'),
      'environments/qa/environment.yaml': environment('qa'),
      'environments/qa/release.yaml': POINTER,
      'environments/prod/environment.yaml': environment('prod'),
      'environments/prod/release.yaml': POINTER,
      'releases/support/policy.yaml': POLICY,
      'releases/trust.yaml': trust(),
      'prompt.md': "Say 'please wait' kindly.\n",
      'golden.jsonl': GOLDEN,
      'app/Dockerfile': 'FROM scratch\n',
      ...files,
    },
    env: { INGATE_EVIDENCE_KEY: key, ...env },
    ...time,
  });
  lab.commit('the estate');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', lab.root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.com');
  const must = (ran: Ran): string => {
    if (ran.code !== 0) throw new Error(`exit ${ran.code}\n${ran.out}${ran.err}`);
    return ran.out;
  };
  return {
    ...lab,
    git,
    ok: async (...args) => must(await lab.ingate(...args)),
    prompt: (text) => lab.write({ 'prompt.md': text }),
    merge: (branch) => {
      git('clean', '-fdq', 'releases');
      git('merge', '--quiet', '--no-ff', '--no-edit', branch);
    },
    async age(name, hours) {
      const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-${name}?api-version=2025-04-01`;
      const { tags } = (await lab.send('GET', group)).body as { tags: Record<string, string> };
      if (tags['ingate-release-support'] === undefined)
        throw new Error(`no release is marked in ${name}: ${JSON.stringify(tags)}`);
      const [id = ''] = (tags['ingate-release-support'] ?? '').split(' ');
      const then = new Date(lab.azure.clock.now() - hours * 3_600_000).toISOString();
      await lab.send('PATCH', group, { tags: { ...tags, 'ingate-release-support': `${id} ${then}` } });
    },
  };
}

/** The id that `ingate release` printed. */
export function idIn(out: string): string {
  return /support ([0-9a-f]{12})/.exec(out)?.[1] ?? '';
}
