import { sha256 } from '../fingerprint.ts';
import type { Graph } from '../graph.ts';
import { canonicalJson, textOf, type JsonObject } from '../json.ts';
import type { Sites } from '../site.ts';
import type { ResourceId } from '../resource-id.ts';
import type { ReleaseContents } from './types.ts';

/** Length of a release's id. */
const ID_LENGTH = 12;

/** sha256 over name and contents of a release: the same contents have the same name, everywhere and always. */
export function releaseDigest(name: string, contents: ReleaseContents): string {
  return sha256(canonicalJson({ release: name, contents }));
}

export function releaseId(name: string, contents: ReleaseContents): string {
  return releaseDigest(name, contents).slice(0, ID_LENGTH);
}

/** A thing that evidence is about, as in-toto names it: sha256 in hexadecimal. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** Each part of a release by digest: an image by its own, anything else by its content. In order of names. */
export function subjectsOf(contents: ReleaseContents): Subject[] {
  return Object.entries(contents)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => ({ name, digest: { sha256: partDigest(part) } }));
}

function partDigest(part: JsonObject): string {
  const image = /^sha256:([0-9a-f]{64})$/.exec(textOf(part, 'digest'))?.[1];
  return image ?? sha256(canonicalJson(part));
}

/** What an environment has of the resources of a release, and which of them are missing or not known yet. */
export interface FoundContents {
  readonly contents: ReleaseContents;
  readonly unknown: readonly ResourceId[];
}

/** Takes the contents of resources out of a graph; what only Azure knows, such as the digest of an image, from its sites. */
export function contentsOf(graph: Graph, sites: Sites, resources: readonly ResourceId[]): FoundContents {
  const found = resources.toSorted().map((id) => {
    const node = graph.get(id);
    return [id, node && node.definition.release?.contents(node.spec, sites.siteOf(node))] as const;
  });
  const known = found.filter((one): one is readonly [ResourceId, JsonObject] => one[1] !== undefined);
  return {
    contents: Object.fromEntries(known),
    unknown: found.filter(([, part]) => part === undefined).map(([id]) => id),
  };
}
