import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isMap, isScalar, parseAllDocuments, visit, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { equal, isArray, isObject, without, type Json, type JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';
import { readManifestFiles } from '../../planner/load/discover.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { saveFile } from '../save-file.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { openProject } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { styled } from '../text.ts';

export interface FmtOptions extends GlobalOptions {
  readonly check: boolean;
}

/**
 * Writes manifests in canonical form: order of the envelope, two spaces, and the canonical form of what a kind accepts in
 * several dialects. Comments stay. Files that cannot be parsed are left alone (`validate` says why), and so are those that are not
 * manifests, such as pipelines.
 */
export async function fmt(io: Io, options: FmtOptions, files: readonly FilePath[]): Promise<number> {
  const project = openProject(options.cwd);
  if ('code' in project) {
    reportProblems(io, [project], {});
    return exitCodeFor([project]);
  }
  const all = FOLDERS.map((name) => relative(project.root, join(project.folder, name)))
    .filter((folder) => project.files.entries(folder) !== undefined)
    .flatMap((folder) => readManifestFiles(project.files, folder, []))
    .map((source) => join(project.root, source.file));
  const changed = (files.length > 0 ? files.map(({ absolute }) => absolute) : all).filter((path) =>
    formatFile(path, options.check),
  );
  for (const path of changed)
    io.print([styled('change', options.check ? 'would change ' : 'changed '), relative(project.root, path)]);
  if (changed.length === 0) io.print(['Everything is in canonical form.']);
  return options.check && changed.length > 0 ? exitCodes.error : exitCodes.ok;
}

function formatFile(path: string, check: boolean): boolean {
  const before = readFileSync(path, 'utf8');
  const after = format(before);
  if (after === undefined || after === before) return false;
  if (!check) saveFile(path, after);
  return true;
}

/** Where manifests are, unless files are named. */
const FOLDERS = ['environments', 'releases'];

/** The canonical text of a manifest file; undefined when it is not valid YAML, or not of manifests. */
export function format(text: string): string | undefined {
  const documents = parseAllDocuments(text, { version: '1.2', schema: 'core' });
  if (!Array.isArray(documents) || documents.some((document) => document.errors.length > 0)) return undefined;
  if (!documents.some((document) => isMap(document.contents) && document.has('apiVersion') && document.has('kind')))
    return undefined;
  for (const document of documents) {
    canonical(document);
    padMappingsOnly(document);
  }
  return documents.map((document) => document.toString({ lineWidth: 0, indent: 2 })).join('');
}

const ORDER = ['apiVersion', 'kind', 'metadata', 'spec'];

function canonical(document: Document): void {
  if (!isMap(document.contents)) return;
  sortEnvelope(document.contents);
  const kind = document.get('kind');
  const definition = typeof kind === 'string' ? registry.get(kind) : undefined;
  const spec: unknown = document.toJS()?.spec;
  if (!definition?.canonical || !isObject(spec)) return;
  const wanted = definition.canonical(spec);
  for (const [field, value] of Object.entries(spec)) {
    const form = withoutAdditions(definition, spec, field, wanted[field]);
    const schema = memberSchema(definition.schema, field);
    const isWhole = isObject(value) && !namesFile(value, schema);
    if (isWhole && form !== undefined && !equal(value, form) && isStable(definition, spec, field, form))
      document.setIn(['spec', field], document.createNode(form));
  }
}

/** The canonical form without members that the kind fills in by itself, such as defaults: they are not written into files. */
function withoutAdditions(
  definition: KindDefinition,
  spec: JsonObject,
  field: string,
  form: Json | undefined,
): Json | undefined {
  const [written, whole] = [spec[field], definition.canonical?.(spec)];
  if (!isObject(written) || !isObject(form) || whole === undefined) return form;
  const isFilledIn = (name: string): boolean => {
    const again = definition.canonical?.({ ...spec, [field]: without(form, name) });
    return !Object.hasOwn(written, name) && again !== undefined && equal(again, whole);
  };
  return without(form, ...Object.keys(form).filter(isFilledIn));
}

/** True where a file is named somewhere in a value: what it stands for is not here, so the value has no canonical form yet. */
function namesFile(value: Json, schema: SpecSchema | undefined): boolean {
  if (isArray(value)) return value.some((item) => namesFile(item, schema?.items));
  if (!schema || !isObject(value)) return false;
  return Object.entries(value).some(([name, item]) => {
    const member = memberSchema(schema, name);
    return member?.['x-file'] !== undefined || namesFile(item, member);
  });
}

/** The canonical form has to mean what was written: its own canonical form is the same. */
function isStable(definition: KindDefinition, spec: JsonObject, field: string, form: Json): boolean {
  const [before, after] = [definition.canonical?.(spec), definition.canonical?.({ ...spec, [field]: form })];
  return before !== undefined && after !== undefined && equal(before, after);
}

/** `{ a: 1 }` and `[1]`, as formatters of YAML write them. */
function padMappingsOnly(document: Document): void {
  const pad = (node: YAMLMap | YAMLSeq, flowCollectionPadding: string): void => {
    const print = node.toString.bind(node);
    node.toString = (context, ...others) => print(context && { ...context, flowCollectionPadding }, ...others);
  };
  visit(document, { Map: (_, node) => pad(node, ' '), Seq: (_, node) => pad(node, '') });
}

/** The first lines of a document belong to the file, so a comment before the first key stays on top. */
function sortEnvelope(map: YAMLMap): void {
  const rank = (pair: (typeof map.items)[number]): number => {
    const index = isScalar(pair.key) ? ORDER.indexOf(String(pair.key.value)) : -1;
    return index === -1 ? ORDER.length : index;
  };
  map.items.sort((a, b) => rank(a) - rank(b));
}
