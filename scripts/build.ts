// Builds what is published: JavaScript and declarations in dist/, with the JSON files that the code reads.
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });
// The package first: the product is compiled against its declarations.
compile('packages/local-azure/tsconfig.build.json');
compile('tsconfig.build.json');
for (const file of globSync('dist/{azure,cli}/**/*.{js,d.ts}', { cwd: root })) bringPackage(join(root, file));
for (const file of globSync('src/**/*.json', { cwd: root })) {
  const target = join(root, file.replace(/^src/, 'dist'));
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, file), target);
}

function compile(project: string): void {
  const { status } = spawnSync('tsc', ['-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The published package brings the embedded Azure in dist/local-azure, so its name becomes a path to there. */
function bringPackage(file: string): void {
  const text = readFileSync(file, 'utf8');
  const path = relative(dirname(file), join(root, 'dist', 'local-azure', 'index.js'))
    .split(sep)
    .join('/');
  const changed = text.replaceAll("'@ingate/local-azure'", `'${path}'`);
  if (changed !== text) writeFileSync(file, changed);
}
