import { request } from 'node:http';
import { createVirtualClock, type Clock } from '../../src/index.ts';
import { startBench, type Answer, type Bench, type SendOptions } from '../support/client.ts';
import { create } from '../support/samples.ts';

/** A container app to write and to call, on a server with a virtual clock. */
export interface IngressLab {
  readonly bench: Bench;
  readonly clock: Clock;
  /** ARM path of the app, without api-version. */
  readonly app: string;
  /** Writes the app and waits until its revision is ready. */
  deploy(wanted: Wanted): Promise<Answer>;
  /** Reads members of the properties of the app. */
  properties(): Promise<Record<string, unknown>>;
  /** Calls the app, or the revision or label named before the domain, by the path form. */
  call(path?: string, name?: string, options?: SendOptions & { readonly method?: string }): Promise<Answer>;
  /** Calls it so many times; the number of answers by revision and status: `{'api--v1 200': 90}`. */
  callTimes(count: number, name?: string): Promise<Record<string, number>>;
  /** `POST` of an action on the app or on a revision, with the operation's end. */
  act(action: string): Promise<number>;
}

export interface Wanted {
  readonly suffix: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly mode?: 'Single' | 'Multiple';
  readonly traffic?: readonly object[];
  readonly image?: string;
  readonly scale?: object;
  readonly ingress?: object | null;
  readonly configuration?: object;
}

export const APP_VERSION = '?api-version=2026-01-01';
const REVISION_MS = 5000;

/** What the virtual clock says when the lab is ready for the first time. */
export const LAB_START = Date.UTC(2026, 0, 1, 1);

export async function startIngressLab(
  options: { readonly stateFile?: string; readonly clock?: Clock; readonly metricsIngestionMs?: number } = {},
): Promise<IngressLab> {
  const { stateFile, clock = createVirtualClock(), metricsIngestionMs = 0 } = options;
  const bench = await startBench({
    clock,
    timing: { operationMs: 0, revisionMs: REVISION_MS, metricsIngestionMs },
    ...(stateFile === undefined ? {} : { stateFile }),
  });
  const group = await bench.group();
  const environment = await create(bench, 'Microsoft.App/managedEnvironments', group);
  const app = `${group}/Microsoft.App/containerApps/api`;
  clock.advance(Math.max(0, LAB_START - clock.now()));
  const deploy = async (wanted: Wanted): Promise<Answer> => {
    const answer = await bench.put(app + APP_VERSION, bodyOf(environment, wanted));
    clock.advance(REVISION_MS);
    return answer;
  };
  const properties = async (): Promise<Record<string, unknown>> => (await bench.get(app + APP_VERSION)).body.properties;
  const domain = (await bench.get(environment + APP_VERSION)).body.properties.defaultDomain as string;
  const call: IngressLab['call'] = async (path = '/', name = 'api', { method = 'GET', ...extra } = {}) =>
    await bench.send(method, `/apps/${name}.${domain}${path}`, undefined, { token: false, ...extra });
  return {
    bench,
    clock,
    app,
    deploy,
    properties,
    call,
    callTimes: async (count, name = 'api') => {
      const tally: Record<string, number> = {};
      for (let index = 0; index < count; index += 1) {
        const { status, headers } = await call('/', name);
        const key = `${headers.get('x-local-azure-revision') ?? 'none'} ${status}`;
        tally[key] = (tally[key] ?? 0) + 1;
      }
      return tally;
    },
    act: async (action) => (await bench.send('POST', `${app}/${action}${APP_VERSION}`)).status,
  };
}

function bodyOf(environmentId: string, wanted: Wanted): object {
  const {
    suffix,
    env = {},
    mode = 'Multiple',
    traffic,
    scale,
    ingress = {},
    image = 'contoso.azurecr.io/api:1',
  } = wanted;
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  return {
    location: 'swedencentral',
    properties: {
      environmentId,
      configuration: {
        activeRevisionsMode: mode,
        ...(ingress === null
          ? {}
          : { ingress: { external: true, targetPort: 8080, ...(traffic ? { traffic } : {}), ...ingress } }),
        ...wanted.configuration,
      },
      template: {
        revisionSuffix: suffix,
        containers: [{ name: 'api', image, ...(variables.length === 0 ? {} : { env: variables }) }],
        ...(scale ? { scale } : {}),
      },
    },
  };
}

/** A request with a Host header of its own, which fetch does not allow. */
export function askHost(
  port: number,
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = response.headers['content-type']?.startsWith('application/json') === true;
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(response.headers as Record<string, string>),
          body: isJson ? (JSON.parse(text) as unknown) : text,
        });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
