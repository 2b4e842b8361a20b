import { ArmError } from '../../arm/arm-error.ts';
import { parseBody } from '../../arm/body.ts';
import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Engine } from '../../arm/contract.ts';
import { arrayAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { empty, type Reply } from '../../http/reply.ts';
import { imagesOf, type ImageStore, type Manifest } from './image-store.ts';
import { findRegistry, REGISTRY_TYPE } from './shared.ts';

/** `POST {registry}/importImage`: copies an image of another registry of this server, with everything that it names. */
export function importImage(call: Call): Reply {
  const { engine } = call;
  const registry = requireResource(call);
  const body = parseBody(call);
  const source = requireSource(engine, body);
  const { repository, reference } = parseImage(textAt(body, 'source.sourceImage') ?? '');
  const from = imagesOf(engine, source);
  const manifest = from.manifest(repository, reference);
  if (!manifest)
    throw invalid('ImageNotFound', `The image '${repository}' with reference '${reference}' was not found.`);
  const target = imagesOf(engine, registry);
  const tagged = texts(body, 'targetTags').map((text) => parseTag(text, reference));
  const untagged = texts(body, 'untaggedTargetRepositories');
  const names = tagged.length + untagged.length > 0 ? tagged : [{ repository, tag: tagOf(reference) }];
  const taken = names.find(
    (one) => textAt(body, 'mode') !== 'Force' && isOther(target.manifest(one.repository, one.tag), manifest),
  );
  if (taken)
    throw new ArmError(
      409,
      'Conflict',
      `Tag ${taken.repository}:${taken.tag} already exists in target registry ${registry.name}.`,
    );
  for (const { repository: to, tag } of names) copy(from, target, manifest, to, tag);
  for (const to of untagged) copy(from, target, manifest, to);
  const resource = { ...registry, location: textAt(registry.writable, 'location') ?? '' };
  return empty(202, pollHeaders(call, beginOperation(call, { resource, kind: 'action' }), ['location']));
}

function requireSource(engine: Engine, body: JsonObject): StoredResource {
  const id = textAt(body, 'source.resourceId');
  const server = textAt(body, 'source.registryUri');
  if ((id === undefined) === (server === undefined))
    throw invalid('InvalidParameters', 'One of resourceId and registryUri of the source must be provided.');
  const found =
    id === undefined
      ? findRegistry(engine, (server ?? '').split('.')[0] ?? '')
      : engine.resources.list({ type: REGISTRY_TYPE }).find((one) => sameText(one.id, id));
  if (found) return found;
  if (id !== undefined) throw invalid('InvalidParameters', `The source registry '${id}' does not exist.`);
  throw new ArmError(501, 'NotImplemented', `The embedded Azure does not import from '${server ?? ''}'.`);
}

function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}

interface Named {
  readonly repository: string;
  readonly reference: string;
}

/** `repo@sha256:…`, `repo:tag` or `repo`, which is `repo:latest`. */
function parseImage(text: string): Named {
  const [, repository = '', digest, tag] = /^([^@:]+)(?:@(sha256:[0-9a-f]{64})|:([\w.-]+))?$/u.exec(text) ?? [];
  if (repository === '') throw invalid('InvalidParameters', `The source image '${text}' is invalid.`);
  return { repository, reference: digest ?? tag ?? 'latest' };
}

function parseTag(text: string, reference: string): { readonly repository: string; readonly tag: string } {
  const [repository = '', tag = tagOf(reference)] = text.split(':');
  return { repository, tag };
}

function tagOf(reference: string): string {
  return reference.startsWith('sha256:') ? 'latest' : reference;
}

function texts(body: JsonObject, name: string): string[] {
  return arrayAt(body, name).filter((each): each is string => typeof each === 'string');
}

function isOther(there: Manifest | undefined, wanted: Manifest): boolean {
  return there !== undefined && there.digest !== wanted.digest;
}

/** The manifest, its blobs, and for an index the manifests that it names. */
function copy(from: ImageStore, to: ImageStore, manifest: Manifest, repository: string, tag?: string): void {
  const content = Buffer.from(manifest.content, 'base64');
  const body = JSON.parse(content.toString('utf8')) as JsonObject;
  for (const child of arrayAt(body, 'manifests')) {
    const found = from.manifest(manifest.repository, textAt(child, 'digest') ?? '');
    if (found) copy(from, to, found, repository);
  }
  for (const part of [...arrayAt(body, 'layers'), ...(body['config'] === undefined ? [] : [body['config']])]) {
    const blob = from.blob(textAt(part, 'digest') ?? '');
    if (blob) to.putBlob(blob);
  }
  to.putManifest(repository, manifest.mediaType, content, tag);
}
