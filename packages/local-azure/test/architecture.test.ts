import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCycles, type Arrow } from './support/cycles.ts';
import { SAMPLES } from './support/samples.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const files = globSync('**/*.ts', { cwd: src }).map((name) => name.split(sep).join('/'));

/** Every import and re-export, types included; `to` is a path below src, or the name of a package. */
const imports: readonly Arrow[] = files.flatMap((from) => {
  const text = readFileSync(join(src, from), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\b[^;]*?from '(?<name>[^']+)'|\bimport\('(?<loaded>[^']+)'\)|^import '(?<effect>[^']+)'/gmu,
  );
  return [...found].map(({ groups }) => {
    const target = groups?.['name'] ?? groups?.['loaded'] ?? groups?.['effect'] ?? '';
    const isPath = target.startsWith('.');
    const path = relative(src, resolve(src, dirname(from), target));
    return { from, to: isPath ? path.split(sep).join('/') : target };
  });
});

/** Rooms from the ground up: each may import from those before it. Files directly in src are the top and may import all. */
const FLOORS = [
  'engine',
  'shape',
  'http',
  'kql',
  'arm',
  'logs',
  'providers',
  'foundry',
  'ingress',
  'discovery',
  'server',
] as const;

const room = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
const internal = imports.filter(({ to }) => files.includes(to));

describe('imports', () => {
  it('stay inside the package, but for what Node has and package.json declares', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const declared = Object.keys(dependencies);
    const foreign = imports.filter(
      ({ to }) =>
        !files.includes(to) && !isBuiltin(to) && !declared.some((name) => to === name || to.startsWith(`${name}/`)),
    );
    expect(foreign).toEqual([]);
    expect(declared.filter((name) => !imports.some(({ to }) => to === name))).toEqual([]);
  });

  it('go down from room to room', () => {
    const floor = (path: string): number => {
      const found = FLOORS.findIndex((name) => name === room(path));
      return room(path) === '' ? FLOORS.length : found;
    };
    expect(files.filter((name) => floor(name) < 0)).toEqual([]);
    expect(internal.filter(({ from, to }) => floor(from) < floor(to))).toEqual([]);
  });

  it('form no cycle of files, types included', () => {
    expect(internal.length).toBeGreaterThan(1000);
    expect(findCycles(internal)).toEqual([]);
  });

  it.each([1, 2, 3, 4])('form no cycle of folders, looked at %i deep', (depth) => {
    const arrows = internal
      .map(({ from, to }) => ({ from: folder(from, depth), to: folder(to, depth) }))
      .filter(({ from, to }) => from !== to);
    expect(findCycles(arrows)).toEqual([]);
  });
});

/** The folder of a file, its path cut to so many names: `a/b` of `a/b/c/d.ts` for 2, '' for files directly in src. */
function folder(path: string, depth: number): string {
  return path.split('/').slice(0, -1).slice(0, depth).join('/');
}

describe('BEHAVIOUR.md', () => {
  const text = readFileSync(join(root, 'BEHAVIOUR.md'), 'utf8');

  it('names tests that exist', () => {
    const named = [...text.matchAll(/`(?<file>[\w-]+)\.test\.ts`/gu)].map((match) => match.groups?.['file'] ?? '');
    const tests = new Set(
      [
        ...globSync('**/*.test.ts', { cwd: join(root, 'test') }),
        ...globSync('test/operations/*.test.ts', { cwd: join(root, '..', '..') }),
      ].map((name) => basename(name, '.test.ts')),
    );
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((name) => !tests.has(name))).toEqual([]);
  });

  it('names every type', () => {
    expect(SAMPLES.filter(({ type }) => !text.includes(type.replace(/^Microsoft\./u, '')))).toEqual([]);
  });

  it('lists every section in its table of contents', () => {
    const sections = [...text.matchAll(/^###? (?<title>.+)$/gmu)].map((match) => match.groups?.['title'] ?? '');
    const listed = [...text.matchAll(/^ *- \[(?<title>[^\]]+)\]\(#(?<anchor>[^)]+)\)$/gmu)].map(({ groups }) => groups);
    expect(listed.map((each) => each?.['title'])).toEqual(sections.filter((title) => title !== 'Contents'));
    expect(listed.map((each) => each?.['anchor'])).toEqual(listed.map((each) => anchorOf(each?.['title'] ?? '')));
  });
});

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/gu, '')
    .replaceAll(' ', '-');
}
