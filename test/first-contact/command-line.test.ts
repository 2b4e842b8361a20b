import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { PATH_NAMES, valueName } from '../../src/cli/program/paths.ts';
import { saveFile } from '../../src/cli/save-file.ts';
import { createLab, runInProcess, type Lab } from '../support/lab.ts';

const ACCOUNT = 'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\n';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: { 'environments/dev/data.yaml': ACCOUNT } });
});
afterEach(() => lab.close());

const program = createProgram({ print() {}, say() {}, write() {} } as never, () => undefined);
const all = (one: Command): Command[] => [one, ...one.commands.flatMap(all)];

describe('paths', () => {
  it('are relative to --cwd, for what is written and for what is read', async () => {
    expect((await lab.ingate('plan', '-e', 'dev', '--out', 'dev.plan')).err).toContain('ingate apply dev.plan');
    expect(existsSync(join(lab.root, 'dev.plan'))).toBe(true);
    expect(existsSync('dev.plan')).toBe(false);
    expect((await lab.ingate('comment', 'dev.plan', '--dry-run')).code).toBe(0);
    expect((await lab.ingate('apply', 'dev.plan')).code).toBe(0);
    const elsewhere = relative(process.cwd(), lab.root);
    expect((await runInProcess(['plan', '-C', elsewhere, '--out', 'again.plan'])).code).toBe(0);
    expect(existsSync(join(lab.root, 'again.plan'))).toBe(true);
  });

  it('are resolved by the name of their value, so every such name is known', () => {
    const names = all(program).flatMap((one) => [
      ...one.options.map((option) => valueName(option)),
      ...one.registeredArguments.map((argument) => argument.name()),
    ]);
    const suspicious = names.filter((name) => name !== undefined && /file|folder|path|plan|report|dir/.test(name));
    expect(new Set(suspicious)).toEqual(new Set([...PATH_NAMES, 'url-path']));
  });
});

describe('options', () => {
  const given = all(program).flatMap((one) =>
    one.options
      .filter((option) => option.required && !option.variadic && !Array.isArray(option.defaultValue))
      .map((option) => [one, option] as const),
  );

  it.each(
    given
      .filter(([one]) => one.parent)
      .map(([one, option]) => [
        `${one.parent?.parent ? `${one.parent.name()} ` : ''}${one.name()}`,
        option.long ?? '',
        option.argChoices?.[0] ?? '1',
        one,
      ]),
  )('%s %s is refused when it is given twice', async (name, option, value, one) => {
    const needed = one.registeredArguments.filter(({ required }) => required).map(() => 'x');
    const required = one.options
      .filter(({ mandatory, long }) => mandatory && long !== option)
      .flatMap(({ long }) => [long ?? '', 'x']);
    const ran = await runInProcess([...name.split(' '), ...needed, ...required, option, value, option, value]);
    expect(ran.code).toBe(64);
    expect(ran.err).toContain('2 times');
  });

  it('are refused as well when the group and its command both have them', async () => {
    expect((await lab.ingate('drift', '-e', 'dev', 'accept', '-e', 'prod')).code).toBe(64);
    expect((await lab.ingate('plan', '-e', 'dev', '-C', '.')).code).toBe(64);
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ingate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('replace nothing but regular files', () => {
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    saveFile(join(folder, 'file'), 'first');
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    for (const name of ['folder', 'pipe', 'link', 'file/below'])
      expect(() => saveFile(join(folder, name), 'x'), name).toThrow('was not written');
    expect(() => saveFile('/dev/null', 'x')).toThrow('it is a device');
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
    saveFile(join(folder, 'file'), 'second');
    expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('second');
  });

  it('are said to be saved only when they are', async () => {
    const ran = await lab.ingate('plan', '--out', '/dev/null');
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('ING6003') });
    expect(ran.err).not.toMatch(/Saved|bug/);
  });

  it('that are no plans are wrong usage and not stale', async () => {
    lab.write({ 'other.json': '{}', folder: 'x' });
    for (const name of ['nofile.plan', 'other.json', 'environments']) {
      const ran = await lab.ingate('apply', name);
      expect(ran, name).toMatchObject({ code: 64, err: expect.stringContaining(`ING6004`) });
      expect(ran.err).toContain(name);
      expect(ran.err).not.toContain('ENOENT');
    }
  });
});
