import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { member, textOf, valueAt, type Json } from '../../model/json.ts';
import { VERSION } from '../version.ts';
import { pass, warn, type Check } from './check.ts';

const PIPELINES = ['.github/workflows/ingate-*.yml', '.azure-pipelines/ingate-*.yml'];

/** Whether pipelines, package.json and its lock file name the version of ingate that runs now. Absent ones are not told. */
export function versionChecks(root: string): Check[] {
  return [...pipelineChecks(root), ...packageChecks(root)];
}

function pipelineChecks(root: string): Check[] {
  const files = PIPELINES.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted();
  const pinned = files.flatMap((file) => {
    const version = /^\s*INGATE_VERSION:\s*"?([^"\s]+)"?\s*$/m.exec(readFileSync(join(root, file), 'utf8'))?.[1];
    return version === undefined ? [] : [{ file, version }];
  });
  if (pinned.length === 0) return [];
  const other = pinned.find(({ version }) => version !== VERSION);
  if (!other) return [pass('pipelines', `The pipelines run this version, ${VERSION}`)];
  return [
    warn(
      'pipelines',
      `${other.file} runs ingate ${other.version}, this is ${VERSION}`,
      'A plan is bound to its version: use the same here, or run ingate init --force.',
    ),
  ];
}

function packageChecks(root: string): Check[] {
  const manifest = readJson(join(root, 'package.json'));
  const wanted =
    textOf(valueAt(manifest, '/devDependencies'), 'ingate') || textOf(valueAt(manifest, '/dependencies'), 'ingate');
  if (wanted === '') return [];
  const lock = readJson(join(root, 'package-lock.json'));
  const locked = textOf(member(valueAt(lock, '/packages'), 'node_modules/ingate'), 'version');
  if (locked === '')
    return [
      warn(
        'lock-file',
        `package.json asks for ingate ${wanted}, and no lock file holds it`,
        'Run npm install and commit package-lock.json.',
      ),
    ];
  if (locked === VERSION) return [pass('lock-file', `The lock file holds this version, ${VERSION}`)];
  return [
    warn('lock-file', `The lock file holds ingate ${locked}, this is ${VERSION}`, 'Run npm ci, and ingate by npx.'),
  ];
}

function readJson(path: string): Json | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Json;
  } catch {
    return undefined;
  }
}
