import { posix } from 'node:path';
import { readManifestFiles } from '../../planner/load/discover.ts';
import { steeringKinds } from '../../model/promotion/documents.ts';
import { environmentFolder, type Project } from '../project.ts';

/** A document as a glance at its text shows it. */
export interface Glimpse {
  readonly kind: string;
  readonly name: string;
  /** `spec.extends` of an environment, as written. */
  readonly extends?: string;
}

/**
 * Kinds and names of the documents of a file, without parsing it: for suggestions, which have to come at once and also
 * while a file is broken. Finds what is written in the usual forms, block or flow, plain or quoted; passes over the rest.
 */
export function glimpsesOf(text: string): Glimpse[] {
  return text.split(/^---.*$/m).flatMap((document) => {
    const kind = scalar(/^kind:[ \t]*(.*)$/m.exec(document)?.[1]);
    const name = scalar(member(document, 'metadata', 'name'));
    const extended = kind === 'Environment' ? scalar(member(document, 'spec', 'extends')) : undefined;
    if (kind === undefined || name === undefined) return [];
    return [{ kind, name, ...(extended === undefined ? {} : { extends: extended }) }];
  });
}

/** `Kind/name` of everything that an environment declares itself or by `extends`, in alphabetical order. */
export function declaredIn(project: Project, environment: string): string[] {
  const ids = new Set<string>();
  const seen = new Set<string>();
  let folder: string | undefined = posix.normalize(environmentFolder(project, environment));
  while (folder !== undefined && !seen.has(folder)) {
    seen.add(folder);
    const found: Glimpse[] = readManifestFiles(project.files, folder, []).flatMap(({ text }) => glimpsesOf(text));
    for (const { kind, name } of found)
      if (kind !== 'Environment' && !steeringKinds.has(kind)) ids.add(`${kind}/${name}`);
    const base: string | undefined = found.find((one) => one.extends !== undefined)?.extends;
    folder = base === undefined ? undefined : inside(posix.join(folder, base));
  }
  return [...ids].toSorted();
}

function inside(folder: string): string | undefined {
  return folder.startsWith('..') || posix.isAbsolute(folder) ? undefined : folder.replace(/\/$/, '');
}

/** Text behind `name:` in the mapping `parent` at the top of a document. */
function member(document: string, parent: string, name: string): string | undefined {
  const start = new RegExp(
    `^${parent}:[ \\t]*(.*)(?:\\n|$)((?:[ \\t]+.*(?:\\n|$)|[ \\t]*#.*(?:\\n|$)|\\r?\\n)*)`,
    'm',
  ).exec(document);
  if (!start) return undefined;
  const [, head = '', block = ''] = start;
  if (head.startsWith('{')) return new RegExp(`[{,\\s]${name}:[ \\t]*([^,}\\n]+)`).exec(head + block)?.[1];
  const indent = /^([ \t]+)[^ \t#\r\n]/m.exec(block)?.[1];
  if (indent === undefined) return undefined;
  return new RegExp(`^${indent}${name}:[ \\t]*(.*)$`, 'm').exec(block)?.[1];
}

/** A plain or quoted scalar without its comment; undefined for anything else. */
function scalar(written: string | undefined): string | undefined {
  const text = written?.trim() ?? '';
  const quoted = /^(["'])(.*?)\1/.exec(text)?.[2];
  const plain = quoted ?? text.replace(/\s+#.*$/, '').trim();
  return plain === '' || (quoted === undefined && /^[[{&*|>!#]/.test(plain)) ? undefined : plain;
}
