import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command, Option } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as fc from 'fast-check';
import { complete, type Completion } from '../src/cli/completion/complete.ts';
import { declaredIn, glimpsesOf } from '../src/cli/completion/declared.ts';
import { scripts } from '../src/cli/completion/scripts.ts';
import { sourceOf, valueWord } from '../src/cli/completion/sources.ts';
import { namesIn } from '../src/cli/completion/suggest.ts';
import { createProgram } from '../src/cli/program.ts';
import { runCli } from '../src/cli/run.ts';
import { openProject } from '../src/cli/project.ts';
import { openEnvironment } from '../src/cli/session.ts';
import { registry } from '../src/reconcilers/registry.ts';
import type { Io } from '../src/cli/io.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function collecting(written: string[] = []): Io {
  return {
    env: {},
    cwd: root,
    interactive: false,
    ask: () => Promise.resolve(''),
    print: () => undefined,
    say: () => undefined,
    write: (text) => written.push(text),
    holdSignals: () => ({ stop: new AbortController().signal, kill: new AbortController().signal }),
  };
}

const program = createProgram(collecting(), () => undefined);

/** Completes the last word, in the sample. */
function at(line: string): Completion {
  const words = line.split(' ');
  return complete(program, words.slice(0, -1), words.at(-1) ?? '', (folder, environment) =>
    namesIn(resolve(root, folder ?? '.'), environment),
  );
}

function wordsAt(line: string): string[] {
  return at(line).suggestions.map(({ word }) => word);
}

describe('what stands at the cursor', () => {
  it.each([
    ['roll', ['rollback', 'rollout']],
    ['rollout p', ['promote', 'pause']],
    ['help rollout t', ['tick']],
    ['gate ', ['report', 'run', 'power']],
    ['plan -e ', ['dev', 'prod', 'qa']],
    ['plan -e q', ['qa']],
    ['plan --environment=p', ['--environment=prod']],
    ['plan -C docs -e d', ['dev']],
    ['plan --no-color --debug -e d', ['dev']],
    ['promote --from ', ['dev', 'prod', 'qa']],
    ['comment --failed dev ', ['dev', 'prod', 'qa']],
    ['plan -o ', ['text', 'json', 'markdown', 'html']],
    ['plan -o=m', []],
    ['plan --output=m', ['--output=markdown']],
    ['diff -e dev -o h', ['html']],
    ['plan --ou', ['--output', '--out']],
    ['plan -o json --ou', ['--out']],
    ['plan -- --ou', []],
    ['pull --cloud us', ['usgovernment']],
    ['schema agen', ['Agent']],
    ['schema storagea', ['StorageAccount']],
    ['explain Agent.defin', ['Agent.definition']],
    ['explain ContainerApp.scale.min', ['ContainerApp.scale.minReplicas']],
    ['explain ING3006', ['ING3006']],
    ['import KeyV', ['KeyVault']],
    ['gate report -e dev ', ['support-release']],
    ['gate run support-release ', []],
    ['rollback sup', ['support']],
    ['invoke dev Agent/s', ['Agent/support']],
    ['invoke d', ['dev']],
    ['rollout status ContainerApp/a', ['ContainerApp/api']],
    ['drift accept -e dev StorageA', ['StorageAccount/data', 'StorageAccount/ml']],
    ['promote --release ', ['support']],
    ['completion p', ['powershell']],
    ['completion bash ', ['--cwd', '--no-color', '--debug', '--version', '--help']],
    ['nonsense ', []],
  ])('`ingate %s`', (line, expected) => {
    expect(wordsAt(line)).toEqual(expected);
  });

  it('names Kind/name of one environment, and of all where none is chosen', () => {
    const dev = wordsAt('drift revert -e dev ');
    expect(dev.length).toBeGreaterThan(50);
    expect(dev.every((id) => registry.has(id.split('/')[0] ?? ''))).toBe(true);
    expect(wordsAt('drift revert ')).toEqual(expect.arrayContaining(dev));
  });

  it.each([
    ['apply ', 'files'],
    ['plan --out ', 'files'],
    ['plan --out=', 'files'],
    ['fmt a.yaml ', 'files'],
    ['invoke dev Agent/support --file ', 'files'],
    ['-C ', 'folders'],
    ['batch run x --results ', 'folders'],
    ['plan -e ', 'nothing'],
  ])('leaves `ingate %s` to the shell: %s', (line, add) => {
    expect(at(line).add).toBe(add);
  });

  it('has nothing to say outside of a project, and does not fail', () => {
    expect(wordsAt('plan -C / -e ')).toEqual([]);
    expect(wordsAt('gate report -C /nowhere ')).toEqual([]);
  });
});

describe('the command line', () => {
  const commands = (command: Command): Command[] => [command, ...command.commands.flatMap(commands)];
  const pathOf = (command: Command): string =>
    command.parent ? `${pathOf(command.parent)} ${command.name()}`.trim() : '';
  const takesValue = (option: Option): boolean => (option.required || option.optional) && !option.argChoices;

  it('says of every argument and every value what it names', () => {
    const unknown = commands(program).flatMap((command) => [
      ...command.registeredArguments
        .filter((one) => !one.argChoices && sourceOf(pathOf(command), one.name()) === undefined)
        .map((one) => `${pathOf(command)} <${one.name()}>`),
      ...command.options
        .filter((one) => takesValue(one))
        .filter((one) => !sourceOf(pathOf(command), valueWord(one.flags) ?? '', one.long ?? undefined))
        .map((one) => `${pathOf(command)} ${one.flags}`),
    ]);
    expect(unknown).toEqual([]);
  });

  it('never fails, whatever was typed', async () => {
    const word = fc.oneof(
      fc.constantFrom('plan', 'rollout', '-e', 'dev', '--', '-o', '--output=', 'help', '=', '-', 'Agent.', '--arg', ''),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
        const written: string[] = [];
        expect(await runCli(['__complete', ...words], collecting(written))).toBe(0);
        expect(written.join('')).toMatch(/^(?:[^\n\t:][^\n\t]*\t[^\n\t]*\n)*:(?:files|folders|nothing)\n$/);
      }),
    );
  });
});

describe('names of documents', () => {
  it.each(['dev', 'qa', 'prod'])('are those that are loaded: %s', (environment) => {
    const project = openProject(root);
    if (!('files' in project)) throw new Error('The sample is missing');
    const opened = openEnvironment(collecting(), { cwd: root, environment, color: false, debug: false });
    if (typeof opened === 'number' || !('value' in opened)) throw new Error('The sample does not load');
    const documents = [...opened.value.graph.keys()].filter((id) => /^(?!Environment)[^/]+[/][^/]+$/.test(id));
    expect(declaredIn(project, environment)).toEqual(documents.toSorted());
  });

  it('are found in every usual form', () => {
    const plain = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const form = fc.constantFrom(
      (kind: string, name: string) => `kind: ${kind}\nmetadata:\n  name: ${name}\nspec: {}\n`,
      (kind: string, name: string) => `kind: ${kind} # c\nmetadata: { name: ${name} }\nspec:\n  name: other\n`,
      (kind: string, name: string) =>
        `metadata:\n    labels:\n      name: no\n\n    # note\n    name: "${name}" # x\nkind: '${kind}'\n`,
      (kind: string, name: string) =>
        `spec:\n  metadata:\n    name: no\n  kind: No\nkind: ${kind}\nmetadata: {labels: {a: b}, name: '${name}'}\n`,
    );
    const document = fc.tuple(form, plain, plain).map(([write, kind, name]) => write(kind, name));
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
        const text = documents.join('---\n');
        const parsed = parseAllDocuments(text).map((one) => one.toJS() as { kind: string; metadata: { name: string } });
        const expected = parsed.map(({ kind, metadata }) => ({ kind, name: metadata.name }));
        expect(glimpsesOf(text)).toEqual(expected);
      }),
    );
  });

  it('that a shell would take apart are left out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingate-names-'));
    try {
      const environments = join(folder, 'environments');
      for (const name of ['$(touch x)', 'a b', 'fine']) {
        spawnSync('mkdir', ['-p', join(environments, name)]);
        writeFileSync(join(environments, name, 'environment.yaml'), `kind: Environment\nmetadata: { name: x }\n`);
      }
      const written: string[] = [];
      await runCli(['__complete', '=', '-C', folder, 'plan', '-e'], collecting(written));
      expect(written.join('')).toBe('fine\t\n:nothing\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Real shells; one that this machine does not have is passed over, and the report says so. */
describe('the scripts in their shells', () => {
  let folder = '';
  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    INGATE_ENVIRONMENT: '',
    HOME: folder,
    TERM: 'dumb',
  });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ingate-shells-'));
    const main = join(root, 'src', 'cli', 'main.ts');
    writeFileSync(join(folder, 'ingate'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(join(folder, 'ingate'), 0o755);
    for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(folder, shell), script);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lacks = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' }).status !== 0;

  const run = (shell: string, ...args: readonly string[]): string => {
    const { stdout, stderr } = spawnSync(shell, args, { cwd: root, env: env(), encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout;
  };

  /** Words as bash splits them, `=` by itself. */
  const inBash = (...words: readonly string[]): string[] => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const code = `set -u; source '${join(folder, 'bash')}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _ingate ingate; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run('bash', '--norc', '-c', code).trimEnd().split('\n');
  };

  it.skipIf(lacks('bash'))('bash', () => {
    expect(inBash('ingate', 'rollo')).toEqual(['rollout']);
    expect(inBash('ingate', 'plan', '-e', '')).toEqual(['dev', 'prod', 'qa']);
    expect(inBash('ingate', 'plan', '--output', '=', 'm')).toEqual(['markdown']);
    expect(inBash('ingate', 'plan', '--output', '=')).toEqual(['text', 'json', 'markdown', 'html']);
    expect(inBash('ingate', 'plan', '--environment', '=', 'dev', '-o', 'h')).toEqual(['html']);
    expect(inBash('ingate', 'apply', 'packa').toSorted()).toEqual(['package-lock.json', 'package.json', 'packages']);
    expect(inBash('ingate', '-C', 'env')).toEqual(['environments']);
    expect(inBash('ingate', 'plan', '--out', '=', 'READ')).toEqual(['README.md']);
  });

  it.skipIf(lacks('fish'))('fish', () => {
    const words = (line: string): string[] =>
      run('fish', '--no-config', '-c', `source '${join(folder, 'fish')}'; complete -C '${line}'`)
        .trimEnd()
        .split('\n')
        .map((one) => one.split('\t')[0] ?? '');
    expect(words('ingate rollo')).toEqual(['rollout']);
    expect(words('ingate plan -e ')).toEqual(['dev', 'prod', 'qa']);
    expect(words('ingate plan --output=m')).toEqual(['--output=markdown']);
    expect(words('ingate apply READ')).toEqual(['README.md']);
    expect(words('ingate -C env')).toEqual(['environments/']);
  });

  it.skipIf(lacks('zsh'))('zsh', () => {
    // The functions of zsh's completion are replaced by ones that print what they are given: zsh completes in a terminal only.
    const words = (...line: readonly string[]): string[] => {
      const fakes = `compdef() { : }; _describe() { print -rl -- "\${(@P)4}" }; _files() { print -r -- "files $*" }; compset() { : };`;
      const quoted = line.map((word) => `'${word}'`).join(' ');
      const code = `${fakes} source '${join(folder, 'zsh')}'; words=(${quoted}); CURRENT=${line.length}; _ingate`;
      return run('zsh', '-f', '-c', code).trimEnd().split('\n');
    };
    expect(words('ingate', 'rollo')).toEqual([expect.stringMatching(/^rollout:\w/)]);
    expect(words('ingate', 'plan', '-e', '')).toEqual(['dev', 'prod', 'qa']);
    expect(words('ingate', 'apply', '')).toEqual(['files']);
    expect(words('ingate', '-C', '')).toEqual(['files -/']);
  });
});
