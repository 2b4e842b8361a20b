// Builds what is published: dist/, a bundle of ingate and of every package that it runs with, split so that a command loads
// only what it needs, the licences of those packages, and a list of them (CycloneDX). Says nothing on standard output, which belongs to `npm pack`.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundledPackages, noticeOf } from './build/notices.ts';
import { integrityOf, sbomOf, type Subject } from './build/sbom.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Files of dist/ that package.json names, and what they are made from. */
const ENTRIES = { cli: join(root, 'src', 'cli', 'main.ts') };

rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: ENTRIES,
  platform: 'node',
  onLog: (level, log) => {
    if (level === 'warn') throw new Error(`${log.code ?? ''} ${log.message}`);
  },
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // Names stay as they are, for traces of errors and because packages show the names of their classes.
  minify: { mangle: false, compress: true, codegen: true },
  comments: { legal: false, annotation: false, jsdoc: false },
});
await bundle.close();
const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
const packages = bundledPackages(modules);
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), noticeOf(packages));
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const sbom = sbomOf(
  read('package.json') as Subject,
  packages,
  integrityOf(read('package-lock.json') as Parameters<typeof integrityOf>[0]),
);
writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
