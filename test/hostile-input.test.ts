import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from './support/lab.ts';

const FILE = 'environments/dev/hostile.yaml';
const workspace = (name: string, spec = '') =>
  `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const agent = (file: string) => `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: helper }
spec: { project: shop, instructionsFile: ${file}, definition: { kind: prompt, model: chat } }
`;
const bomb = [
  'a: &a [1, 1, 1, 1, 1, 1, 1, 1]',
  ...'bcdefgh'.split('').map((name, at) => {
    const below = `*${'abcdefgh'[at]}`;
    return `${name}: &${name} [${Array(8).fill(below).join(', ')}]`;
  }),
].join('\n');

let lab: Lab;
beforeAll(async () => {
  lab = await createLab();
});
afterAll(() => lab.close());

async function validate(text: string | Buffer) {
  lab.write({ [FILE]: text as string });
  const ran = await lab.ingate('validate', '--no-color');
  lab.write({ [FILE]: null });
  return ran;
}

describe('a hostile manifest', () => {
  it.each<[string, string | Buffer, string]>([
    ['a bomb of aliases', bomb, 'ING1004'],
    ['deep nesting', `a: ${'['.repeat(100_000)}`, 'ING1004'],
    ['a huge file', `a: "${'x'.repeat(5_000_000)}"`, 'ING1004'],
    ['UTF-16', Buffer.from(`\ufeff${workspace('logs')}`, 'utf16le'), 'ING1005'],
    ['Latin-1', Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]), 'ING1005'],
    ['NUL', workspace('lo\0gs'), 'ING1005'],
    ['a tag', workspace('logs', 'retentionInDays: !!js/function "x"'), 'ING1006'],
    ['a key twice', workspace('logs', 'a: 1, a: 2'), 'ING1006'],
    ['a merge key', workspace('logs', '<<: { a: 1 }'), 'ING1011'],
    ['a key that is a list', workspace('logs', '? [a, b] : 1'), 'ING1007'],
    ['__proto__', workspace('logs', '__proto__: { polluted: 1 }'), 'ING1007'],
    ['constructor.prototype', workspace('logs', 'constructor: { prototype: { polluted: 1 } }'), 'ING1007'],
    ['__proto__ among tags', workspace('logs', 'tags: { __proto__: x }'), 'ING1007'],
    ['a number beyond 2^53', workspace('logs', 'retentionInDays: 9007199254740993'), 'ING1008'],
    ['a name with a bidi override', workspace('"l\u202eogs"'), 'ING1013'],
    ['a name with a zero-width space', workspace('"l\u200bogs"'), 'ING1013'],
    ['a name with a Cyrillic letter', workspace('"l\u043egs"'), 'ING1013'],
    ['a name that ends with a dot', workspace('"logs."'), 'ING1013'],
  ])('with %s is refused, in few words', async (_, text, code) => {
    const { code: exit, out, err } = await validate(text);
    expect(exit).toBe(1);
    expect(out + err).toContain(code);
    expect((out + err).length).toBeLessThan(2500);
    expect(out + err).not.toMatch(/[\u202a-\u202e\u200b]/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may begin with a byte order mark and end its lines as Windows does', async () => {
    expect((await validate(`\ufeff${workspace('logs').replaceAll('\n', '\r\n')}`)).code).toBe(0);
  });

  it('gives no command to the terminal or the pipeline', async () => {
    const { code, out, err } = await validate(
      workspace('"a\\e[31m\\a\\r"', '"b\\e]8;;http://e\\a\\n::set-output name=x::y\\n##vso[task.setvariable]": 1'),
    );
    expect(code).toBe(1);
    // oxlint-disable-next-line no-control-regex
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^::|^##vso/m);
  });

  it.each([
    ['a link', (path: string) => symlinkSync('/dev/zero', path)],
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('that is %s is not read', async (_, make) => {
    make(join(lab.root, 'prompt.md'));
    lab.write({ [FILE]: agent('../../prompt.md') });
    const { code, out, err } = await lab.ingate('validate', '--no-color');
    execFileSync('rm', ['-rf', join(lab.root, 'prompt.md')]);
    lab.write({ [FILE]: null });
    expect(code).toBe(1);
    expect(out + err).toMatch(/ING1017[^]*prompt\.md is (not a regular file|a symbolic link)/);
  });

  it.each(['../../../out.md', '/etc/hostname', '~/out.md', '"%2e%2e/out.md"', '"..\\\\..\\\\out.md"', '"a\\0b"'])(
    'does not take a text from %s',
    async (file) => {
      const { code, out, err } = await validate(agent(file));
      expect(code).toBe(1);
      expect(out + err).toMatch(/ING1017[^]*leads out of the repository/);
    },
  );
});
