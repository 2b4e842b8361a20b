import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeOf } from '../scripts/build/notices.ts';
import { isAboutSqlite } from '../packages/local-azure/src/engine/sqlite.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOT_COPIED = new Set(['node_modules', 'dist', '.git', '.ingate', 'test']);
/** Nodes to try the package on; more than the one that runs the tests where INGATE_TEST_NODES names them. */
const NODES = (process.env['INGATE_TEST_NODES'] ?? process.execPath).split(delimiter);

let folder = '';
let packed: string[] = [];
const installed = (): string => join(folder, 'project', 'node_modules', 'ingate');

/** Standard output of a program; what it says otherwise is in the message when it fails. */
function output(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      NODE_OPTIONS: '',
    },
  });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  return stdout;
}

/** A clone that was never built: dist/ can only come from packing. Its node_modules are borrowed. */
function cloneWithoutDist(): string {
  const clone = join(folder, 'clone');
  cpSync(root, clone, { recursive: true, filter: (path) => path === root || !NOT_COPIED.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  utimesSync(join(clone, 'package-lock.json'), 0, 0);
  return clone;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingate-package-'));
  const [made] = JSON.parse(output('npm', ['pack', '--json', '--pack-destination', folder], cloneWithoutDist())) as {
    filename: string;
    files: { path: string }[];
  }[];
  packed = made?.files.map(({ path }) => path) ?? [];
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "somebody", "private": true }\n');
  output('npm', ['install', '--offline', join(folder, made?.filename ?? '')], project);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses: readonly object[];
    readonly hashes?: readonly { readonly content: string }[];
  }[];
  readonly dependencies: readonly { readonly dependsOn: readonly string[] }[];
}

describe('the package', () => {
  it('has the bundle, and neither sources nor declarations that nobody can import', () => {
    const { bin } = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8')) as { bin: { ingate: string } };
    expect(packed).toContain(bin.ingate);
    expect(packed.filter((path) => path.endsWith('.ts'))).toEqual([]);
  });

  it('has every file that its documentation links to', () => {
    const isThere = (path: string): boolean => packed.some((one) => one === path || one.startsWith(`${path}/`));
    const broken = packed
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...readFileSync(join(installed(), path), 'utf8').matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !/^[a-z]+:/.test(target))
          .map((target) => posix.join(posix.dirname(path), target).replace(/\/$/, ''))
          .filter((target) => !isThere(target))
          .map((target) => `${path} -> ${target}`),
      );
    expect(packed).toContain('docs/cli.md');
    expect(broken).toEqual([]);
  });

  it('needs no other package, and has the licences of those that are in the bundle', () => {
    const lock = JSON.parse(readFileSync(join(folder, 'project', 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/ingate']);
    const notices = readFileSync(join(installed(), 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['@azure/identity', '@azure/arm-monitor', 'yaml', 'ajv', 'listr2', 'openai'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\nLicence: \\S+`, 'm'));
  });

  it('lists the packages in the bundle, with licence and hash, as CycloneDX', () => {
    const text = readFileSync(join(installed(), 'dist', 'sbom.cdx.json'), 'utf8');
    const { bomFormat, specVersion, serialNumber, components, dependencies } = JSON.parse(text) as Sbom;
    expect([bomFormat, specVersion]).toEqual(['CycloneDX', '1.6']);
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const notices = readFileSync(join(installed(), 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const noticed = [...notices.matchAll(/^-{100}\n(\S+) (\S+)\nLicence: /gm)].map(
      ([, name, version]) => `${name}@${version}`,
    );
    expect(components.map(({ name, version }) => `${name}@${version}`)).toEqual(noticed);
    expect(noticed.length).toBeGreaterThan(20);
    expect(
      components.filter(
        ({ licenses, hashes }) => licenses.length !== 1 || !/^[0-9a-f]{128}$/.test(hashes?.[0]?.content ?? ''),
      ),
    ).toEqual([]);
    expect(components.find(({ name }) => name === '@azure/identity')?.purl).toMatch(/^pkg:npm\/%40azure\/identity@\d/);
    expect(dependencies[0]?.dependsOn).toEqual(components.map(({ purl }) => purl));
  });

  it('runs by npx in an empty project: init, then a plan on the embedded Azure', () => {
    const project = join(folder, 'project');
    expect(output('npx', ['--no-install', 'ingate', 'init', '--environments', 'dev'], project)).toContain(
      'environments/dev/environment.yaml',
    );
    expect(output('npx', ['--no-install', 'ingate', 'plan', '-e', 'dev'], project)).toMatch(
      /^Plan: \d+ to add, 0 to change/m,
    );
  });

  it.each(NODES)('plans and applies on %s, and prints no warning of Node', (node) => {
    const project = join(folder, 'project');
    rmSync(join(project, '.ingate'), { recursive: true, force: true });
    const apply = [join(installed(), 'dist', 'cli.js'), 'apply', '-e', 'dev', '--yes'];
    const { status, stderr } = spawnSync(node, apply, {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect({ status, warnings: /Warning.*/.exec(stderr)?.[0] }).toEqual({ status: 0, warnings: undefined });
    expect(existsSync(join(project, '.ingate'))).toBe(true);
  });
});

describe('what is left out', () => {
  it('is the warning about SQLite alone', () => {
    expect(isAboutSqlite('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning')).toBe(
      true,
    );
    expect(isAboutSqlite('SQLite is an experimental feature', { type: 'ExperimentalWarning' })).toBe(true);
    expect(isAboutSqlite('Type Stripping is an experimental feature', 'ExperimentalWarning')).toBe(false);
    expect(isAboutSqlite('SQLite is going away', 'DeprecationWarning')).toBe(false);
    expect(isAboutSqlite(new Error('SQLite is broken'), undefined)).toBe(false);
  });
});

describe('the notice', () => {
  const one = { name: 'a', version: '1.0.0', texts: ['Text.'] };
  it('refuses a licence that somebody has to look at', () => {
    expect(noticeOf([{ ...one, license: 'MIT' }])).toContain('a 1.0.0\nLicence: MIT\n\nText.\n');
    expect(noticeOf([{ ...one, license: '(MIT OR GPL-3.0)' }])).toContain('Licence: (MIT OR GPL-3.0)');
    expect(() => noticeOf([{ ...one, license: 'GPL-3.0' }])).toThrow('a (GPL-3.0)');
    expect(() => noticeOf([{ ...one, license: 'unknown' }])).toThrow('a (unknown)');
  });
});
