import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SAMPLES } from './samples.ts';

const folder = fileURLToPath(new URL('../../src/local-azure', import.meta.url));
const files = globSync('**/*.ts', { cwd: folder }).map((name) => join(folder, name));

const PACKAGES = new Set(['yaml', 'selfsigned']);

it('imports nothing from the rest of the product, and of packages only yaml and selfsigned', () => {
  const foreign = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const found = text.matchAll(/^(?:import|export)\b[^;]*?from '(?<name>[^']+)'|\bimport\('(?<loaded>[^']+)'\)/gmu);
    return [...found]
      .map((match) => match.groups?.['name'] ?? match.groups?.['loaded'] ?? '')
      .filter((name) =>
        name.startsWith('.')
          ? !resolve(dirname(file), name).startsWith(folder)
          : !isBuiltin(name) && !PACKAGES.has(name),
      )
      .map((name) => `${file}: ${name}`);
  });
  expect(foreign).toEqual([]);
});

it('is told about, line by line, in its BEHAVIOUR.md, which names tests that exist', () => {
  const text = readFileSync(join(folder, 'BEHAVIOUR.md'), 'utf8');
  const named = [...text.matchAll(/\| `(?<file>[\w-]+)\.test\.ts`/gu)].map((match) => match.groups?.['file'] ?? '');
  const tests = globSync('*.test.ts', { cwd: dirname(fileURLToPath(import.meta.url)) });
  expect(named.length).toBeGreaterThan(50);
  for (const file of new Set(named)) expect(tests).toContain(`${file}.test.ts`);
  for (const { type } of SAMPLES) expect(text).toContain(type.replace(/^Microsoft\./u, ''));
});
