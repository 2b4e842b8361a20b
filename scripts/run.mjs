// Runs a script of this repository with the Node that the lock file pins, installing dependencies first when they are
// missing or older than the lock file. Plain JavaScript without dependencies: any Node from 20 up can start it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, 'package-lock.json');
const installedMarker = join(root, 'node_modules', '.package-lock.json');
const windows = process.platform === 'win32';

function installIsCurrent() {
  return existsSync(installedMarker) && statSync(installedMarker).mtimeMs >= statSync(lockFile).mtimeMs;
}

function install() {
  process.stderr.write('ingate: installing dependencies (npm ci), this happens once per lock file\n');
  const result = spawnSync(
    windows ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--dry-run=false'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: windows,
    },
  );
  if (result.status !== 0) {
    process.stderr.write(
      'ingate: npm ci failed; the lines above say why. Node 20 or later with npm and access to an npm registry is all it needs.\n',
    );
    process.exit(1);
  }
}

function pinnedNode() {
  const local = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(local)) return local;
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  process.stderr.write(
    `ingate: Node ${wanted} was not installed by npm (install scripts switched off?). Allow the script of the package "node", or run with Node 24 yourself.\n`,
  );
  process.exit(1);
}

if (!installIsCurrent()) install();

const binaries = join(root, 'node_modules', '.bin');
const child = spawn(pinnedNode(), process.argv.slice(2), {
  stdio: 'inherit',
  env: { ...process.env, PATH: binaries + (windows ? ';' : ':') + process.env.PATH },
});
// A terminal sends Ctrl-C to the whole process group, so the child already has it; elsewhere it is passed on.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  if (signal) process.exitCode = signal === 'SIGINT' ? 130 : 143;
  else process.exitCode = code ?? 1;
});
