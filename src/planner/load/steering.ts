import { append } from '../../model/append.ts';
import { hasErrors, problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import { member, textAt, type JsonObject, type Pointer } from '../../model/json.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { steeringKinds } from '../../model/promotion/documents.ts';
import { resourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { describeErrors } from './describe-error.ts';
import { readManifest } from './discover.ts';
import { documentSchema } from './document-schema.ts';
import { parseYaml, type SourceDocument } from './parse-yaml.ts';
import type { Validator } from './validate.ts';

/** A document that steers promotion, checked against its schema, with defaults filled in. */
export interface Steering {
  readonly name: string;
  readonly spec: JsonObject;
  /** Of fields below `spec`. */
  readonly positionOf: (field: Pointer) => SourcePosition;
  readonly document: SourceDocument;
}

/** Reads the only document of a file, which has to be of a kind. Undefined when the file is not there, or is wrong. */
export function readSteering(
  files: ProjectFiles,
  path: string,
  kind: string,
  validator: Validator,
  diagnostics: Diagnostic[],
): Steering | undefined {
  const steps = path.split('/').map((_, depth, names) => names.slice(0, depth + 1).join('/'));
  const link = steps.find((step) => files.stat(step)?.type === 'link');
  if (link !== undefined) {
    const hint = 'Replace it by the file or folder itself; links could lead out of the repository.';
    diagnostics.push(problem('ING1003', `${link} is a symbolic link`, { hint }));
    return undefined;
  }
  if (files.stat(path)?.type !== 'file') return undefined;
  const found: Diagnostic[] = [];
  const documents = readManifest(files, path, found).flatMap((source) => parseYaml(source, found));
  append(diagnostics, found);
  const [document, second] = documents;
  if (document && second === undefined && member(document.value, 'kind') === kind)
    return checkSteering(document, kind, validator, diagnostics);
  if (!hasErrors(found)) {
    const at = (second ?? document)?.locate('/kind') ?? { file: path, line: 1, column: 1, length: 1 };
    diagnostics.push(problem('ING1010', `${path} has to hold one document of kind ${kind}`, { at }));
  }
  return undefined;
}

/** Checks a parsed document of a kind. */
export function checkSteering(
  document: SourceDocument,
  kind: string,
  validator: Validator,
  diagnostics: Diagnostic[],
): Steering | undefined {
  const definition = steeringKinds.get(kind);
  if (!definition) throw new Error(`There is no kind ${kind}`);
  const value = structuredClone(document.value);
  const name = textAt(value, '/metadata/name');
  const found = describeErrors(validator.check(definition, value), {
    id: resourceId(kind, name),
    schema: inlineSchema(documentSchema(kind, definition.schema)),
    source: document,
    value,
  });
  if (member(document.value, 'apiVersion') !== API_VERSION)
    found.push(
      problem('ING1010', 'This apiVersion is not known', {
        at: document.locate('/apiVersion'),
        hint: `Write: apiVersion: ${API_VERSION}`,
      }),
    );
  append(diagnostics, found);
  const spec = member(value, 'spec');
  if (found.length > 0 || spec === undefined) return undefined;
  const positionOf = (field: Pointer): SourcePosition => document.locate(`/spec${field}`);
  return { name, spec: spec as JsonObject, positionOf, document };
}
