import { isAzureError, type Address, type AzureReads } from '../../model/azure.ts';
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

export interface Bases {
  /** Eight digits that stand for base images as they are now. Undefined without base images, or where one is unseen. */
  readonly hash: string | undefined;
  /** Base images that are not there, or that this identity cannot read. */
  readonly unseen: readonly string[];
}

/**
 * Base images as they are now: a build is tagged with their hash, so that a later look tells whether one has changed. An
 * image that cannot be read keeps nobody from building, because the registry may have rights to it that we have not.
 */
export async function basesNow(reader: Pick<AzureReads, 'head'>, images: readonly string[]): Promise<Bases> {
  const found = await Promise.all(
    images.toSorted().map(async (image) => [image, await digestOf(reader, image)] as const),
  );
  const unseen = found.flatMap(([image, digest]) => (digest === undefined ? [image] : []));
  const digests = found.map(([, digest]) => digest).join(' ');
  return { hash: images.length === 0 || unseen.length > 0 ? undefined : sha256(digests).slice(0, 8), unseen };
}

async function digestOf(reader: Pick<AzureReads, 'head'>, image: string): Promise<string | undefined> {
  try {
    return (await reader.head(manifestOf(image)))?.['docker-content-digest'];
  } catch (error) {
    if (isAzureError(error)) return undefined;
    throw error;
  }
}

/** The further tag of a build on these base images. */
export function baseTag(tag: string, hash: string): string {
  return `${tag}-b${hash}`;
}
