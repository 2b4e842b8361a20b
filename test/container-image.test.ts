import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from './support/lab.ts';

const ESTATE = `apiVersion: ingate/v1alpha1
kind: ContainerRegistry
metadata: { name: images }
spec: { sku: Standard }
---
apiVersion: ingate/v1alpha1
kind: ContainerImage
metadata: { name: api }
spec:
  registry: images
  repository: api
  context: app
  baseImages: [imagesdev.azurecr.io/base/node:24]
`;

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({
    files: {
      'environments/dev/estate.yaml': ESTATE,
      'environments/dev/app/Dockerfile': 'FROM imagesdev.azurecr.io/base/node:24\nARG INGATE_COMMIT\n',
    },
  });
});
afterEach(() => lab.close());

/** Puts another base image into the registry, as its own pipeline would. */
async function pushBase(content: string): Promise<void> {
  const registry = `${lab.azure.url}/acr/imagesdev`;
  const base = `${registry}/v2/base/node`;
  const form = async (what: string, body: Record<string, string>): Promise<Record<string, string>> => {
    const answer = await fetch(`${registry}/oauth2/${what}`, { method: 'POST', body: new URLSearchParams(body) });
    return (await answer.json()) as Record<string, string>;
  };
  const service = 'imagesdev.azurecr.io';
  const entra = { grant_type: 'access_token', service, access_token: 'entra' };
  const { refresh_token: refresh = '' } = await form('exchange', entra);
  const scope = 'repository:base/node:pull,push';
  const wanted = { grant_type: 'refresh_token', service, scope, refresh_token: refresh };
  const { access_token: token = '' } = await form('token', wanted);
  const headers = { authorization: `Bearer ${token}` };
  const blob = Buffer.from(content);
  const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
  const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers });
  const location = new URL(started.headers.get('location') ?? '', lab.azure.url);
  location.searchParams.set('digest', digest);
  await fetch(`${lab.azure.url}${location.pathname}${location.search}`, { method: 'PUT', headers, body: blob });
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const layer = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: blob.length };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: layer, layers: [] });
  const put = await fetch(`${base}/manifests/24`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': type },
    body: manifest,
  });
  expect(put.status, await put.text()).toBe(201);
}

const builds = () =>
  lab.azure.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/scheduleRun'));

describe('an image on a base image', () => {
  it('is built again when the base has changed, and drift says so before', async () => {
    lab.write({ 'environments/dev/estate.yaml': ESTATE.split('---')[0] ?? '' });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    await pushBase('{"base":1}');
    lab.write({ 'environments/dev/estate.yaml': ESTATE });
    const commit = lab.commit('with a base image');
    const first = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(first.code, first.out + first.err).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
    expect((await lab.ingate('drift', '-e', 'dev')).code).toBe(0);
    const [build] = builds();
    const { arguments: given } = (build?.requestBody ?? {}) as { arguments?: { name: string; value: string }[] };
    expect(given).toContainEqual({ name: 'INGATE_COMMIT', value: commit, isSecret: false });

    await pushBase('{"base":2}');
    const drift = await lab.ingate('drift', '-e', 'dev');
    expect(drift.code).toBe(4);
    expect(drift.out).toContain('a base image has changed: imagesdev.azurecr.io/base/node:24');
    expect(drift.out).toContain('1 build outdated');
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    expect(builds().length).toBe(2);
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
    expect((await lab.ingate('drift', '-e', 'dev')).code).toBe(0);
  });

  it('is built although nobody here can read the base, and the plan says what goes unnoticed', async () => {
    const elsewhere = ESTATE.replace('imagesdev.azurecr.io', 'contosobase.azurecr.io');
    lab.write({
      'environments/dev/estate.yaml': elsewhere,
      'environments/dev/app/Dockerfile': 'FROM contosobase.azurecr.io/base/node:24\n',
    });
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    const plan = await lab.ingate('plan', '-e', 'dev');
    expect(plan.out).toContain('No changes.');
    expect(plan.out).toContain('changes of contosobase.azurecr.io/base/node:24 go unnoticed');
    expect((await lab.ingate('drift', '-e', 'dev')).code).toBe(0);
  });
});
