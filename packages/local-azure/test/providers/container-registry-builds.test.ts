import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { archive } from '../data-planes/tar.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let registry: string;
const clock = createVirtualClock();
const version = '?api-version=2025-11-01';
const builds = '?api-version=2019-06-01-preview';
const location = 'swedencentral';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  registry = `${await bench.group()}/Microsoft.ContainerRegistry/registries/ingateimages`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function put(sku: string, properties: object = {}, path = registry): Promise<Answer> {
  return bench.put(path + version, { location, sku: { name: sku }, properties });
}

async function ready(sku = 'Basic', properties: object = {}): Promise<void> {
  await put(sku, properties);
  clock.advance(1000);
}

function post(path: string, body?: unknown, apiVersion = version): Promise<Answer> {
  return bench.send('POST', path + apiVersion, body);
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

const DOCKERFILE = 'FROM python:3.13-slim\nCOPY . /app\nCMD ["python", "app.py"]\n';

async function upload(files: Readonly<Record<string, string>>): Promise<string> {
  const { body } = await post(`${registry}/listBuildSourceUploadUrl`, undefined, builds);
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  const sent = await fetch(body.uploadUrl, { method: 'PUT', headers, body: new Uint8Array(archive(files)) });
  expect(sent.status).toBe(201);
  return body.relativePath;
}

function request(sourceLocation: string, more: object = {}): object {
  return {
    type: 'DockerBuildRequest',
    imageNames: ['support/api:{{.Run.ID}}', 'support/api:latest'],
    dockerFilePath: 'Dockerfile',
    platform: { os: 'Linux', architecture: 'amd64' },
    sourceLocation,
    ...more,
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read members of any depth
async function build(body: object, apiVersion = builds): Promise<any> {
  const started = await post(`${registry}/scheduleRun`, body, apiVersion);
  expect(started.status).toBe(200);
  clock.advance(1000);
  return (await bench.get(`${registry}/runs/${started.body.name}${apiVersion}`)).body.properties;
}

async function logOf(runId: string): Promise<Response> {
  const { body } = await post(`${registry}/runs/${runId}/listLogSasUrl`, undefined, builds);
  return await fetch(body.logLink);
}

describe('builds', () => {
  beforeEach(() => ready());

  it('go on by the clock, from Queued to Succeeded', async () => {
    const source = await upload({ Dockerfile: DOCKERFILE, 'app.py': 'print(1)' });
    const started = await post(`${registry}/scheduleRun`, request(source), builds);
    expect(started.body).toMatchObject({
      name: 'cb1',
      type: 'Microsoft.ContainerRegistry/registries/runs',
      properties: { runId: 'cb1', status: 'Queued', runType: 'QuickBuild', platform: { os: 'linux' } },
    });
    const url = `${registry}/runs/cb1${builds}`;
    const seen: string[] = [];
    for (const _step of [1, 2, 3, 4]) {
      clock.advance(250);
      seen.push((await bench.get(url)).body.properties.status);
    }
    expect(seen).toEqual(['Started', 'Running', 'Running', 'Succeeded']);
    const { properties } = (await bench.get(url)).body;
    expect(properties.outputImages).toMatchObject([
      { registry: 'ingateimages.azurecr.io', repository: 'support/api', tag: 'cb1' },
      { registry: 'ingateimages.azurecr.io', repository: 'support/api', tag: 'latest' },
    ]);
    expect(properties.outputImages[0].digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(properties.outputImages[0].digest).toBe(properties.outputImages[1].digest);
    const log = await logOf('cb1');
    expect(log.headers.get('x-ms-meta-complete')).toBe('successful');
    expect(await log.text()).toContain(`digest: ${properties.outputImages[0].digest}`);
  });

  it('give a digest that follows from what was uploaded and asked for', async () => {
    const digest = async (files: Readonly<Record<string, string>>, more: object = {}): Promise<string> =>
      (await build(request(await upload(files), more))).outputImages[0].digest;
    const first = await digest({ Dockerfile: DOCKERFILE, 'app.py': 'print(1)' });
    expect(await digest({ Dockerfile: DOCKERFILE, 'app.py': 'print(1)' })).toBe(first);
    const others = [
      await digest({ Dockerfile: DOCKERFILE, 'app.py': 'print(2)' }),
      await digest({ Dockerfile: DOCKERFILE, 'app.py': 'print(1)' }, { arguments: [{ name: 'A', value: '1' }] }),
      await digest(
        { Dockerfile: DOCKERFILE, 'app.py': 'print(1)' },
        { platform: { os: 'Linux', architecture: 'arm64' } },
      ),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('take an upload in blocks, and refuse one without its signature', async () => {
    const { body } = await post(`${registry}/listBuildSourceUploadUrl`, undefined, builds);
    const bytes = archive({ Dockerfile: DOCKERFILE });
    const block = (id: string, part: Buffer): Promise<Response> =>
      fetch(`${body.uploadUrl}&comp=block&blockid=${encodeURIComponent(id)}`, {
        method: 'PUT',
        body: new Uint8Array(part),
      });
    await block('QQ==', bytes.subarray(0, 20));
    await block('Qg==', bytes.subarray(20));
    const list = '<BlockList><Latest>QQ==</Latest><Latest>Qg==</Latest></BlockList>';
    expect((await fetch(`${body.uploadUrl}&comp=blocklist`, { method: 'PUT', body: list })).status).toBe(201);
    expect((await build(request(body.relativePath))).status).toBe('Succeeded');
    const unsigned = new URL(body.uploadUrl);
    unsigned.searchParams.set('sig', 'AAAA');
    expect((await fetch(unsigned, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  it.each([
    ['a Dockerfile that says so', { Dockerfile: `${DOCKERFILE}RUN unbuildable\n` }, 'exit status 1'],
    ['no Dockerfile', { 'app.py': '' }, "unable to find 'Dockerfile'"],
    ['a Dockerfile without FROM', { Dockerfile: 'COPY . /\n' }, 'no build stage'],
    ['a base image that is not there', { Dockerfile: 'FROM ingateimages.azurecr.io/base:1\n' }, 'manifest unknown'],
  ])('fail with %s', async (_case, files, reason) => {
    const run = await build(request(await upload(files)));
    expect(run).toMatchObject({ status: 'Failed', provisioningState: 'Failed' });
    expect(run.runErrorMessage).toContain(reason);
    expect(run.outputImages).toBeUndefined();
    const log = await logOf(run.runId);
    expect(log.headers.get('x-ms-meta-complete')).toBe('failed');
    expect(await log.text()).toContain(reason);
  });

  it('fail without an upload, and are refused for contexts from elsewhere', async () => {
    expect((await build(request('tasks-source/none.tar.gz'))).runErrorMessage).toContain('failed to download context');
    const remote = await post(`${registry}/scheduleRun`, request('https://github.com/contoso/app.git'), builds);
    expect(refusal(remote)).toEqual([501, 'NotImplemented']);
    const wrong = await post(`${registry}/scheduleRun`, { type: 'DockerBuildRequest' }, builds);
    expect(refusal(wrong)).toEqual([400, 'InvalidRequestContent']);
  });

  it('follow the steps of a task file', async () => {
    const task = [
      'version: v1.1.0',
      'steps:',
      '- build: -t $Registry/support/api:{{.Values.tag}} -f docker/Dockerfile --build-arg A="b c" .',
      '- cmd: $Registry/support/api:1.0 pytest',
      '- push: ["$Registry/support/api:{{.Values.tag}}"]',
    ].join('\n');
    const run = await build(
      {
        type: 'EncodedTaskRunRequest',
        encodedTaskContent: Buffer.from(task).toString('base64'),
        values: [{ name: 'tag', value: '1.0' }],
        platform: { os: 'Linux' },
        sourceLocation: await upload({ 'docker/Dockerfile': DOCKERFILE }),
      },
      '?api-version=2025-03-01-preview',
    );
    expect(run).toMatchObject({ status: 'Succeeded', runType: 'QuickRun' });
    expect(run.outputImages).toMatchObject([{ repository: 'support/api', tag: '1.0' }]);
    const unpushed = Buffer.from('steps:\n- push: ["x:1"]').toString('base64');
    const failed = await build({
      type: 'EncodedTaskRunRequest',
      encodedTaskContent: unpushed,
      platform: { os: 'Linux' },
    });
    expect(failed.runErrorMessage).toContain('does not exist locally');
  });

  it('are listed newest first, cancelled, and end as a fault says', async () => {
    const source = await upload({ Dockerfile: DOCKERFILE });
    await build(request(source));
    await post(`${registry}/scheduleRun`, request(source), builds);
    expect((await post(`${registry}/runs/cb2/cancel`, undefined, builds)).body.properties.status).toBe('Canceled');
    clock.advance(1000);
    bench.azure.faults.add({
      name: 'out of agents',
      match: { method: 'POST', path: 'scheduleRun' },
      operation: { error: { code: 'AgentError', message: 'no agent available' } },
    });
    expect((await build(request(source))).runErrorMessage).toBe('no agent available');
    const names = async (query: string): Promise<string[]> =>
      (await bench.get(`${registry}/runs${builds}${query}`)).body.value.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['cb3', 'cb2', 'cb1']);
    expect(await names('&$top=1')).toEqual(['cb3']);
    expect(await names(`&$filter=${encodeURIComponent("Status eq 'Succeeded'")}`)).toEqual(['cb1']);
    expect((await bench.put(`${registry}/runs/cb9${builds}`, {})).status).toBe(405);
  });

  it('are run from tasks, whose secrets stay hidden', async () => {
    const step = {
      type: 'Docker',
      dockerFilePath: 'Dockerfile',
      imageNames: ['nightly:{{.Run.ID}}'],
      contextPath: await upload({ Dockerfile: DOCKERFILE }),
      contextAccessToken: 'canary',
      arguments: [{ name: 'TOKEN', value: 'canary', isSecret: true }],
    };
    const path = `${registry}/tasks/nightly`;
    const properties = { platform: { os: 'Linux', architecture: 'amd64' }, step };
    const made = await bench.put(`${path}?api-version=2019-04-01`, { location, properties });
    expect(JSON.stringify(made.body)).not.toContain('canary');
    const run = await build({ type: 'TaskRunRequest', taskId: path }, '?api-version=2025-03-01-preview');
    expect(run).toMatchObject({ status: 'Succeeded', task: 'nightly', outputImages: [{ repository: 'nightly' }] });
    const unknown = { type: 'TaskRunRequest', taskId: `${registry}/tasks/none` };
    expect(refusal(await post(`${registry}/scheduleRun`, unknown, builds))).toEqual([404, 'TaskNotFound']);
  });

  it('are run once by a task run, and again when forced', async () => {
    const url = `${registry}/taskRuns/release?api-version=2025-03-01-preview`;
    const runRequest = request(await upload({ Dockerfile: DOCKERFILE }));
    const once = async (forceUpdateTag: string): Promise<string> => {
      await bench.put(url, { properties: { runRequest, forceUpdateTag } });
      clock.advance(1000);
      const { runResult, provisioningState } = (await bench.get(url)).body.properties;
      expect([provisioningState, runResult.properties.status]).toEqual(['Succeeded', 'Succeeded']);
      return runResult.name;
    };
    expect(await once('a')).toBe('cb1');
    expect(await once('a')).toBe('cb1');
    expect(await once('b')).toBe('cb2');
  });
});
