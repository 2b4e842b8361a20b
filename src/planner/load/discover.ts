import { problem, warning, type Diagnostic } from '../../model/diagnostic.ts';
import type { ProjectFiles } from '../../model/project-files.ts';

/** Largest manifest file, checked before it is read. */
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FILES = 20_000;

/** A manifest file as text; `file` is relative to the repository's root. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** All `.yaml` and `.yml` files below `folder`, in order of path. Names that start with `.` or `_` are passed over. */
export function readManifestFiles(files: ProjectFiles, folder: string, diagnostics: Diagnostic[]): SourceFile[] {
  const paths = manifestPaths(files, folder, diagnostics).toSorted();
  if (paths.length > MAX_FILES) {
    diagnostics.push(problem('ING1004', `${folder} has ${paths.length} manifest files; the limit is ${MAX_FILES}`));
    return [];
  }
  return paths.flatMap((path) => readManifest(files, path, diagnostics));
}

function manifestPaths(files: ProjectFiles, folder: string, diagnostics: Diagnostic[]): string[] {
  return (files.entries(folder) ?? []).flatMap(({ name, type }): string[] => {
    const path = `${folder}/${name}`;
    if (name.startsWith('.') || name.startsWith('_')) return [];
    if (type === 'link') {
      const hint = 'Replace it by the file or folder itself; links could lead out of the repository.';
      diagnostics.push(problem('ING1003', `${path} is a symbolic link`, { hint }));
    }
    if (type === 'hidden' && /\.ya?ml$/.test(name)) {
      const hint = 'Let Git take it, or begin its name with `_` or `.`, so that nobody expects it to count.';
      diagnostics.push(warning('ING1021', `${path} is ignored by Git, so it is not read`, { hint }));
    }
    if (type === 'folder') return manifestPaths(files, path, diagnostics);
    return type === 'file' && /\.ya?ml$/.test(name) ? [path] : [];
  });
}

/** The text of one manifest file; none when it is too large or no text. */
export function readManifest(files: ProjectFiles, path: string, diagnostics: Diagnostic[]): SourceFile[] {
  const size = files.stat(path)?.size ?? 0;
  if (size > MAX_FILE_BYTES) {
    diagnostics.push(
      problem('ING1004', `${path} has ${size} bytes; a manifest file may have ${MAX_FILE_BYTES}`, {
        hint: 'Long text and data belong beside the manifest, in a file that a field names.',
      }),
    );
    return [];
  }
  const text = decodeUtf8(files.read(path));
  if (text !== undefined) return [{ file: path, text }];
  diagnostics.push(problem('ING1005', `${path} is not UTF-8 text`, { hint: 'Save it as UTF-8 without NUL bytes.' }));
  return [];
}

/** Text without a byte order mark; undefined for anything that is not UTF-8 or holds a NUL. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
