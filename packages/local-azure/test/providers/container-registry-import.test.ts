import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { archive } from '../data-planes/tar.ts';

let bench: Bench;
let providers: string;
const clock = createVirtualClock();
const version = '?api-version=2025-11-01';
const builds = '?api-version=2019-06-01-preview';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 0 } });
  providers = `${await bench.group()}/Microsoft.ContainerRegistry/registries`;
  for (const name of ['ingatesource', 'ingatetarget'])
    await bench.put(`${providers}/${name}${version}`, { location: 'swedencentral', sku: { name: 'Basic' } });
});
afterEach(() => bench.close());

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const source = `${providers}/ingatesource`;
  const place = await bench.send('POST', `${source}/listBuildSourceUploadUrl${builds}`);
  await fetch(place.body.uploadUrl, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob' },
    body: new Uint8Array(archive(files)),
  });
  const run = await bench.send('POST', `${source}/scheduleRun${builds}`, {
    type: 'DockerBuildRequest',
    imageNames: ['team/api:1'],
    isPushEnabled: true,
    dockerFilePath: 'Dockerfile',
    platform: { os: 'Linux', architecture: 'amd64' },
    sourceLocation: place.body.relativePath,
  });
  const ended = await bench.send('GET', `${source}/runs/${run.body.properties.runId}${builds}`);
  return ended.body.properties.outputImages[0].digest as string;
}

function importImage(body: object): Promise<Answer> {
  return bench.send('POST', `${providers}/ingatetarget/importImage${version}`, body);
}

async function manifest(reference: string, repository = 'team/api'): Promise<number> {
  const url = `${bench.azure.url}/acr/ingatetarget`;
  const exchange = await fetch(`${url}/oauth2/exchange`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'access_token',
      service: 'ingatetarget.azurecr.io',
      access_token: 'entra',
    }),
  });
  const { refresh_token: refresh } = (await exchange.json()) as { refresh_token: string };
  const granted = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      service: 'ingatetarget.azurecr.io',
      scope: `repository:${repository}:pull`,
      refresh_token: refresh,
    }),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const read = await fetch(`${url}/v2/${repository}/manifests/${reference}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.docker.distribution.manifest.v2+json' },
  });
  return read.status;
}

describe('importImage', () => {
  it('copies by digest without a tag, and once more does no harm', async () => {
    const digest = await built({ Dockerfile: 'FROM scratch\n' });
    const body = {
      source: { resourceId: `${providers}/ingatesource`, sourceImage: `team/api@${digest}` },
      untaggedTargetRepositories: ['team/api'],
      mode: 'NoForce',
    };
    expect(await manifest(digest)).toBe(404);
    const first = await importImage(body);
    expect([first.status, first.headers.get('location')]).toEqual([202, expect.stringContaining('/operationResults/')]);
    expect([await manifest(digest), await manifest('1'), await manifest('latest')]).toEqual([200, 404, 404]);
    expect((await importImage(body)).status).toBe(202);
  });

  it('moves a tag only when forced', async () => {
    await built({ Dockerfile: 'FROM scratch\n' });
    const source = { registryUri: 'ingatesource.azurecr.io', sourceImage: 'team/api:1' };
    expect((await importImage({ source, targetTags: ['team/api'] })).status).toBe(202);
    expect(await manifest('1')).toBe(200);
    await built({ Dockerfile: 'FROM scratch\nENV A=1\n' });
    expect((await importImage({ source, targetTags: ['team/api'] })).status).toBe(409);
    expect((await importImage({ source, targetTags: ['team/api'], mode: 'Force' })).status).toBe(202);
  });

  it('refuses what is not there', async () => {
    const missing = { resourceId: `${providers}/ingatesource`, sourceImage: 'team/none:1' };
    expect((await importImage({ source: missing })).status).toBe(400);
    expect((await importImage({ source: { sourceImage: 'team/api:1' } })).status).toBe(400);
    const foreign = { registryUri: 'docker.io', sourceImage: 'library/busybox:latest' };
    expect((await importImage({ source: foreign })).status).toBe(501);
  });
});
