import { member, textAt } from '../../model/json.ts';
import { POINTER } from '../../model/promotion/documents.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { readManifestFiles } from '../load/discover.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import { editYaml } from './edit-yaml.ts';

/** Where a pointer is written. */
export interface PointerPlace {
  readonly path: string;
  readonly text: string;
  /** Which document of the file, from 0. */
  readonly document: number;
  readonly id: string;
}

/** The pointer to a release in the environment's own folder; undefined when there is none. */
export function findPointer(files: ProjectFiles, folder: string, name: string): PointerPlace | undefined {
  for (const source of readManifestFiles(files, folder, [])) {
    const found = pointerIn(source.file, source.text, name);
    if (found) return found;
  }
  return undefined;
}

/** The pointer to a release in a file. */
export function pointerIn(path: string, text: string, name: string): PointerPlace | undefined {
  const documents = parseYaml({ file: path, text }, []);
  const document = documents.findIndex(
    ({ value }) => member(value, 'kind') === POINTER && textAt(value, '/metadata/name') === name,
  );
  return document < 0 ? undefined : { path, text, document, id: textAt(documents[document]?.value, '/spec/id') };
}

/** The file with the pointer at another release, and with a reason to hold it there, or with none. Other bytes stay. */
export function movePointer(
  place: PointerPlace,
  id: string,
  hold: string | undefined,
): { readonly text: string; readonly refusal?: undefined } | { readonly refusal: string } {
  const moved = editYaml(place.text, { document: place.document, path: ['spec', 'id'], value: id });
  if (moved.refusal !== undefined) return moved;
  return editYaml(moved.text, { document: place.document, path: ['spec', 'hold'], value: hold });
}
