import type { Address, AzureReads } from '../../model/azure.ts';
import { sha256 } from '../../model/fingerprint.ts';

/** Forms in which registries keep manifests. */
export const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** The manifest of `server/repository:tag` in the distribution API. */
function manifestOf(image: string): Address {
  const [, server = '', repository = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  return {
    path: `https://${server}/v2/${repository}/manifests/${tag}`,
    apiVersion: '',
    headers: { accept: MANIFESTS },
  };
}

/**
 * Eight digits that stand for base images as they are now: a build is tagged with them, so that a later look tells whether
 * one has changed. Undefined without base images, or while one of them is not there.
 */
export async function baseHash(
  reader: Pick<AzureReads, 'head'>,
  images: readonly string[],
): Promise<string | undefined> {
  if (images.length === 0) return undefined;
  const found = await Promise.all(
    images.toSorted().map(async (image) => (await reader.head(manifestOf(image)))?.['docker-content-digest']),
  );
  return found.every((digest) => digest !== undefined) ? sha256(found.join(' ')).slice(0, 8) : undefined;
}

/** The further tag of a build on these base images. */
export function baseTag(tag: string, hash: string): string {
  return `${tag}-b${hash}`;
}
