import { createHash } from 'node:crypto';
import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';

/** A manifest of a repository, by its digest. */
export interface Manifest {
  readonly repository: string;
  readonly digest: string;
  readonly mediaType: string;
  /** Base64, because the digest is that of these very bytes. */
  readonly content: string;
}

interface Tag {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** The images of one registry. */
export interface ImageStore {
  /** Undefined when the blob does not exist. */
  blob(digest: string): Buffer | undefined;
  /** Returns the digest. */
  putBlob(content: Buffer): string;
  deleteBlob(digest: string): boolean;
  /** By tag or digest. */
  manifest(repository: string, reference: string): Manifest | undefined;
  /** Returns the manifest; `tag` then points at it. */
  putManifest(repository: string, mediaType: string, content: Buffer, tag?: string): Manifest;
  /** Takes the tags that point at it with it; a tag is taken alone. False when there is none. */
  deleteManifest(repository: string, reference: string): boolean;
  /** In alphabetical order. */
  repositories(): string[];
  tags(repository: string): string[];
  /** Bytes of all blobs and manifests. */
  size(): number;
}

function prefix(registry: string): string {
  return `registry/${registry.toLowerCase()}/`;
}

/** Forgets all images, uploads and logs of a registry. */
export function forgetImages({ documents }: Engine, registry: Pick<Resource, 'id'>): void {
  documents.deleteAll(prefix(registry.id));
}

/** Something that belongs to one registry and goes with it. */
export function registryCollection<T extends object>(registry: Pick<Resource, 'id'>, name: string): Collection<T> {
  return collectionOf<T>(`${prefix(registry.id)}${name}`);
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Keys of documents ignore case, tags do not. */
function keyOf(repository: string, reference: string): string {
  return digestOf(Buffer.from(`${repository} ${reference}`));
}

/** True for `sha256:…`; everything else is a tag. */
export function isDigest(reference: string): boolean {
  return /^sha256:[0-9a-f]{64}$/u.test(reference);
}

export function imagesOf({ documents }: Engine, registry: Pick<Resource, 'id'>): ImageStore {
  const blobs = registryCollection<{ readonly content: string }>(registry, 'blobs');
  const manifests = registryCollection<Manifest>(registry, 'manifests');
  const tags = registryCollection<Tag>(registry, 'tags');
  const find = (repository: string, reference: string): Manifest | undefined => {
    const digest = isDigest(reference) ? reference : tags.get(documents, keyOf(repository, reference))?.digest;
    return digest === undefined ? undefined : manifests.get(documents, keyOf(repository, digest));
  };
  const tagsOf = (repository: string): Tag[] => tags.list(documents).filter((each) => each.repository === repository);
  return {
    blob: (digest) => {
      const found = blobs.get(documents, digest);
      return found && Buffer.from(found.content, 'base64');
    },
    putBlob: (content) => {
      const digest = digestOf(content);
      blobs.put(documents, digest, { content: content.toString('base64') });
      return digest;
    },
    deleteBlob: (digest) => blobs.delete(documents, digest),
    manifest: find,
    putManifest: (repository, mediaType, content, tag) => {
      const digest = digestOf(content);
      const manifest = { repository, digest, mediaType, content: content.toString('base64') };
      manifests.put(documents, keyOf(repository, digest), manifest);
      if (tag !== undefined) tags.put(documents, keyOf(repository, tag), { repository, tag, digest });
      return manifest;
    },
    deleteManifest: (repository, reference) => {
      if (!isDigest(reference)) return tags.delete(documents, keyOf(repository, reference));
      const pointing = tagsOf(repository).filter(({ digest }) => digest === reference);
      for (const { tag } of pointing) tags.delete(documents, keyOf(repository, tag));
      return manifests.delete(documents, keyOf(repository, reference));
    },
    repositories: () => [...new Set(manifests.list(documents).map(({ repository }) => repository))].toSorted(),
    tags: (repository) =>
      tagsOf(repository)
        .map(({ tag }) => tag)
        .toSorted(),
    size: () =>
      [...blobs.list(documents), ...manifests.list(documents)].reduce(
        (sum, { content }) => sum + Math.floor((content.length * 3) / 4),
        0,
      ),
  };
}
