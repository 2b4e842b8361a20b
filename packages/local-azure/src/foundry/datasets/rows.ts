import type { Engine } from '../../arm/contract.ts';
import { isObject, textAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { assetsOf, parseAssetId, type AssetVersion } from '../shared/assets.ts';
import { findContainer } from '../blobs/store.ts';
import { placeOf } from '../blobs/upload.ts';
import { fileBytes } from '../shared/content.ts';
import { FoundryError } from '../shared/foundry-error.ts';

/** A text that rows are read from. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The rows behind a file id or the id of a dataset version. 404 when there is none, 400 when they are not JSON lines. */
export function readRows(engine: Engine, project: Resource, id: string): JsonObject[] {
  return textsOf(engine, project, id).flatMap(({ name, text }) => parseLines(text, name));
}

function textsOf(engine: Engine, project: Resource, id: string): NamedText[] {
  const place = parseAssetId(id, 'data');
  if (place) {
    const dataset = assetsOf(engine, project, 'datasets').find(place.name, place.version);
    if (dataset) return datasetTexts(engine, dataset);
  } else {
    const bytes = fileBytes(engine, project, id);
    if (bytes) return [{ name: id, text: bytes.toString('utf8') }];
  }
  throw new FoundryError(404, 'not_found', `The file or dataset '${id}' does not exist.`, 'data_source.source.id');
}

/** The blobs of a dataset version: the one it names, or all in its folder. */
export function datasetTexts(engine: Engine, { name, body }: AssetVersion): NamedText[] {
  const place = placeOf(textAt(body, 'dataUri') ?? '');
  const container = place && findContainer(engine, place.account, place.container);
  if (!place || !container)
    throw new FoundryError(
      400,
      'UserError',
      `The data of dataset '${name}' is not on this server, the embedded Azure cannot read it`,
    );
  const isFolder = textAt(body, 'type') === 'uri_folder';
  const prefix = place.blob === '' || place.blob.endsWith('/') ? place.blob : `${place.blob}/`;
  const blobs = container.list().filter((blob) => (isFolder ? blob.name.startsWith(prefix) : blob.name === place.blob));
  if (blobs.length === 0) throw new FoundryError(400, 'UserError', `The data of dataset '${name}' does not exist`);
  return blobs.map((blob) => ({ name: blob.name, text: container.content(blob.name).toString('utf8') }));
}

/** JSON lines. 400 with the line that is not an object. */
export function parseLines(text: string, name: string): JsonObject[] {
  return text
    .split(/\r?\n/u)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => parseLine(line, `${name}, line ${number}`));
}

function parseLine(line: string, place: string): JsonObject {
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/u, ''));
    if (isObject(value)) return value;
  } catch {
    // Refused below.
  }
  throw new FoundryError(400, 'invalid_payload', `${place} is not a JSON object`);
}
