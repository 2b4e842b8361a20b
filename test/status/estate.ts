import { createLab, GROUP, type Lab, type LabOptions } from '../support/lab.ts';

const document = (kind: string, name: string, spec: object = {}): string =>
  `${JSON.stringify({ apiVersion: 'ingate/v1alpha1', kind, metadata: { name }, spec })}\n`;

export interface Estate {
  readonly instructions?: string;
  /** Environment variables of the app; LOCAL_STATUS and its like decide what it answers. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An agent, an app, a job, a gate, and an alert about errors of the app. */
export function estate({ instructions = "Say 'hello' kindly.", env = {} }: Estate = {}): string {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  return [
    document('FoundryAccount', 'ai'),
    document('FoundryProject', 'support', { account: 'ai' }),
    document('ModelDeployment', 'chat', { account: 'ai', model: { name: 'gpt-4.1' } }),
    document('Agent', 'support', { project: 'support', definition: { model: 'chat', instructions } }),
    document('ContainerEnvironment', 'apps'),
    document('ContainerApp', 'api', {
      environment: 'apps',
      revisionMode: 'Multiple',
      ingress: { external: true, targetPort: 8080 },
      containers: [{ name: 'api', image: 'x/api:1', env: variables }],
    }),
    document('ContainerJob', 'nightly', {
      environment: 'apps',
      containers: [{ name: 'nightly', image: 'x/nightly:1' }],
    }),
    document('EvaluationGate', 'release', {
      project: 'support',
      target: { agent: 'support' },
      datasetFile: 'golden.jsonl',
      metrics: [{ name: 'kind', grader: { type: 'contains', values: ['hello'], ignoreCase: true }, atLeast: 0.8 }],
    }),
    document('MetricAlert', 'api-errors', {
      description: 'The API answers with server errors.',
      severity: 1,
      scopes: ['ContainerApp/api'],
      criteria: [
        {
          name: 'errors',
          metricName: 'Requests',
          operator: 'GreaterThan',
          threshold: 2,
          timeAggregation: 'Total',
          dimensions: [{ name: 'statusCodeCategory', values: ['5xx'] }],
        },
      ],
    }),
  ].join('---\n');
}

const QUERIES = Array.from({ length: 40 }, (_, index) => `{"id":"q-${index}","query":"Question ${index}?"}\n`).join('');

export const APP = `${GROUP}/providers/Microsoft.App/containerApps/api-dev`;
export const APP_VERSION = '?api-version=2026-01-01';

/** The estate as files of an environment `dev`. */
export function filesOf(wanted: Estate = {}): Record<string, string> {
  return { 'environments/dev/estate.yaml': estate(wanted), 'environments/dev/golden.jsonl': QUERIES };
}

/** An embedded Azure in which the estate was applied. */
export async function startEstate(wanted: Estate = {}, options: LabOptions = {}): Promise<Lab> {
  const lab = await createLab({
    azure: { timing: { operationMs: 0, registrationMs: 0, revisionMs: 0, metricsIngestionMs: 0 } },
    ...options,
    files: { ...filesOf(wanted), ...options.files },
  });
  lab.commit('start');
  const { code, out, err } = await lab.ingate('apply', '-e', 'dev', '--yes');
  if (code !== 0) throw new Error(out + err);
  return lab;
}

/** Host name of the app. */
async function hostOf(lab: Lab): Promise<string> {
  const { body } = await lab.send('GET', APP + APP_VERSION);
  const { properties } = body as { properties: { configuration: { ingress: { fqdn: string } } } };
  return properties.configuration.ingress.fqdn;
}

/** Calls the app so many times, as anybody would. */
export async function callApp(lab: Lab, times: number): Promise<void> {
  const host = await hostOf(lab);
  for (let call = 0; call < times; call += 1) await fetch(`${lab.azure.url}/apps/${host}/`);
}

/** URL of the Foundry project below the server. */
export async function projectOf(lab: Lab): Promise<string> {
  const { body } = await lab.send(
    'GET',
    `${GROUP}/providers/Microsoft.CognitiveServices/accounts?api-version=2025-06-01`,
  );
  const [account] = (body as { value: { id: string }[] }).value;
  const found = await lab.send('GET', `${account?.id ?? ''}/projects?api-version=2025-06-01`);
  const [project] = (found.body as { value: { properties: { endpoints: Record<string, string> } }[] }).value;
  return new URL(project?.properties.endpoints['AI Foundry API'] ?? '').pathname;
}
