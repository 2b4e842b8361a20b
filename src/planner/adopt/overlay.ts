import type { FileEntry, ProjectFiles } from '../../model/project-files.ts';

/** Files as they would be with `written` in place and `removed` gone, without touching any. Paths are from the root. */
export function filesWith(
  files: ProjectFiles,
  written: ReadonlyMap<string, string>,
  removed: ReadonlySet<string> = new Set(),
): ProjectFiles {
  const encoder = new TextEncoder();
  const inside = (folder: string): string[] => [...written.keys()].filter((path) => path.startsWith(`${folder}/`));
  return {
    entries(folder) {
      const there = (files.entries(folder) ?? []).filter(({ name }) => !removed.has(`${folder}/${name}`));
      const ours = inside(folder).map((path): FileEntry => {
        const [name = '', ...rest] = path.slice(folder.length + 1).split('/');
        return { name, type: rest.length === 0 ? 'file' : 'folder' };
      });
      const all = new Map([...there, ...ours].map((entry) => [entry.name, entry]));
      return all.size > 0 || files.entries(folder) ? [...all.values()] : undefined;
    },
    stat(path) {
      const text = written.get(path);
      if (text !== undefined) return { type: 'file', size: encoder.encode(text).length };
      if (removed.has(path)) return undefined;
      return files.stat(path) ?? (inside(path).length > 0 ? { type: 'folder', size: 0 } : undefined);
    },
    read(path) {
      const text = written.get(path);
      return text === undefined ? files.read(path) : encoder.encode(text);
    },
    tree: (folder) => {
      const there = files.entries(folder) ? files.tree(folder) : [];
      return [...new Set([...there.filter((path) => !removed.has(path)), ...inside(folder)])];
    },
  };
}
