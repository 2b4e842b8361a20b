import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, isArray, textOf, type JsonObject } from '../../model/json.ts';
import type { Location, Reconciler, Site } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { basesNow, baseTag, MANIFESTS } from './bases.ts';
import { buildImage } from './build.ts';
import { importImage } from './import.ts';
import schema from './schema.json' with { type: 'json' };
import type { ContainerImageSpec } from './spec.ts';

const TAG_LENGTH = 16;

/**
 * An image of a registry, by the distribution API (`/v2/`). Its tag is made from everything that the build depends on, so
 * an image that exists is never built again. Images are not deleted: running revisions may need them.
 */
export const containerImage: Reconciler = {
  kind: 'ContainerImage',
  schema,
  azureType: 'Registry/images',
  apiVersion: 'v2',
  nameRule: { scope: 'parent', pattern: /^.+$/, maxLength: 260, style: 'as-is' },
  ownership: 'none',
  stateful: false,
  outputs: {
    id: 'Address of the manifest in the registry.',
    name: 'Repository and tag.',
    image: 'Registry, repository and digest, as containers name it.',
    digest: 'Digest of the manifest.',
    tag: 'Tag that stands for the content; the digest for a pinned image.',
  },
  parts: {},
  locate,
  identify: (item) => textOf(item, 'id'),
  async look(reader, { query, ...address }) {
    const headers = await reader.head(address);
    if (!headers) return undefined;
    const image = { id: address.path, digest: headers['docker-content-digest'] ?? '' };
    const { hash, unseen } = await basesNow(reader, query?.['bases']?.split(' ') ?? []);
    if (hash === undefined) return { ...image, unseen };
    const same = await reader.head({ ...address, path: baseTag(address.path, hash) });
    return { ...image, baseChanged: same === undefined };
  },
  observe: (body, site) => ({
    spec: site.spec as JsonObject,
    outputs: outputsOf(site, textOf(body, 'digest')),
    mark: undefined,
  }),
  due(site, live) {
    const { repository, digest, content, importFrom, baseImages = [] } = site.spec as ContainerImageSpec;
    if (live && live.body['baseChanged'] !== true) return undefined;
    if (live) {
      const title = `Build ${repository}:${tagOf(site)}`;
      return { type: 'build', title, reason: `a base image has changed: ${baseImages.join(', ')}`, drift: true };
    }
    if (digest !== undefined && importFrom !== undefined) {
      const from = importFrom.registry.slice(importFrom.registry.lastIndexOf('/') + 1);
      const title = `Import ${repository}@${digest}`;
      return { type: 'build', title, reason: `the registry does not have it; ${from} does` };
    }
    return digest === undefined
      ? {
          type: 'build',
          title: `Build ${repository}:${tagOf(site)}`,
          reason: `no image of ${content?.path ?? 'the context'} as it is now`,
        }
      : {
          type: 'build',
          title: `Find ${repository}@${digest}`,
          reason: 'the registry does not have it, or does not exist yet',
        };
  },
  proof(_site, live) {
    const unseen = live?.body['unseen'];
    if (!isArray(unseen) || unseen.length === 0) return undefined;
    return `changes of ${unseen.map(String).join(', ')} go unnoticed: not there, or not readable with this identity`;
  },
  release: {
    members: ['digest', 'importFrom', 'context', 'content', 'dockerfile', 'target', 'arguments', 'architecture'],
    contents: releaseContents,
  },
  write: () => Promise.reject(new Error('An image is built, not written')),
  async run(context, site) {
    const isBuilt = (site.spec as ContainerImageSpec).content !== undefined;
    const digest = isBuilt
      ? await buildImage(context, site, tagOf(site))
      : await importImage(context, site, locate(site).address);
    return outputsOf(site, digest);
  },
  remove: () => Promise.resolve(),
};

/** Names the content: the same files, Dockerfile, stage, arguments and architecture give the same tag. */
function tagOf(site: Site): string {
  const { content, dockerfile, target, architecture, arguments: values, digest } = site.spec as ContainerImageSpec;
  if (digest !== undefined) return digest;
  const basis = {
    sha256: content?.sha256 ?? '',
    dockerfile,
    target: target ?? null,
    architecture,
    arguments: values ?? {},
  };
  return sha256(canonicalJson(basis as JsonObject)).slice(0, TAG_LENGTH);
}

/** The image as it is in this environment's registry, from where the next environment copies it. */
function releaseContents(spec: JsonObject, site: Site): JsonObject | undefined {
  const { digest: pinned, importFrom, registry, repository } = spec as unknown as ContainerImageSpec;
  const digest = pinned ?? site.outputOf(site.id, 'digest');
  const path = site.pathOf(resourceId('ContainerRegistry', registry));
  if (typeof digest !== 'string' || digest === '' || path === undefined) return undefined;
  const { registry: from = path, repository: name = repository } = importFrom ?? {};
  return { digest, importFrom: { registry: from, repository: name } };
}

function serverOf(site: Site): string | undefined {
  const registry = textOf(site.spec as JsonObject, 'registry');
  const server = registry === '' ? undefined : site.outputOf(resourceId('ContainerRegistry', registry), 'loginServer');
  return typeof server === 'string' ? server : undefined;
}

function locate(site: Site): Location {
  const server = serverOf(site);
  const { repository } = site.spec as Partial<ContainerImageSpec>;
  if (server === undefined || repository === undefined) return { address: undefined, collection: undefined };
  const path = `https://${server}/v2/${repository}/manifests/${tagOf(site)}`;
  const { baseImages = [], digest } = site.spec as ContainerImageSpec;
  const bases = baseImages.length > 0 && digest === undefined ? { query: { bases: baseImages.join(' ') } } : {};
  return { address: { path, apiVersion: '', headers: { accept: MANIFESTS }, ...bases }, collection: undefined };
}

function outputsOf(site: Site, digest: string): JsonObject {
  const { repository } = site.spec as ContainerImageSpec;
  const tag = tagOf(site);
  return {
    id: locate(site).address?.path ?? '',
    name: `${repository}:${tag}`,
    image: `${serverOf(site) ?? ''}/${repository}@${digest}`,
    digest,
    tag,
  };
}
