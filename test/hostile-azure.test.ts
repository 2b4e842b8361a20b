import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from './support/lab.ts';

const HOSTILE =
  'no \u001b[2J\u001b]52;c;eA==\u0007\r\u202e\n::set-output name=x::y\n##vso[task.setvariable variable=a]b <img src=x onerror=alert(1)> ```';
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]|^\s*::set-output|##vso\[/m;
const CANARY = 'canary-7f3a9c51d2e84b60';

const files = {
  'environments/dev/logs.yaml':
    'apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: 30 }\n',
};
const CONNECTION = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: Connection
metadata: { name: crm }
spec:
  parent: ai
  category: ApiKey
  target: https://crm.contoso.example
  authType: ApiKey
  credentials: { key: { secret: { env: CRM_KEY } } }
`;
const labs: Lab[] = [];
afterAll(async () => {
  for (const lab of labs) await lab.close();
});

async function labWith(options: Parameters<typeof createLab>[0]): Promise<Lab> {
  const lab = await createLab({ files, ...options });
  labs.push(lab);
  return lab;
}

describe('an error message of Azure that is hostile', () => {
  const respond = { status: 400, body: { error: { code: 'Bad\u001b[31mCode', message: HOSTILE } } };

  it.each([
    ['plan', ['plan'], 'GET'],
    ['plan -o markdown', ['plan', '-o', 'markdown'], 'GET'],
    ['plan -o json', ['plan', '-o', 'json'], 'GET'],
    ['plan --debug', ['plan', '--debug'], 'GET'],
    ['drift', ['drift'], 'GET'],
    ['doctor', ['doctor'], 'GET'],
    ['apply', ['apply', '--yes'], 'PUT'],
    ['apply -o json', ['apply', '--yes', '-o', 'json'], 'PUT'],
  ])('gives no command to terminal or pipeline in %s', async (_, args, method) => {
    const lab = await labWith({ azure: { faults: [{ match: { method, path: 'workspaces' }, respond }] } });
    const { out, err } = await lab.ingate(...args, '--no-color');
    expect(out + err).toContain('set-output');
    expect(out + err).not.toMatch(UNSAFE);
  });
});

describe('a secret that Azure repeats in its error message', () => {
  it('is in no output and no file', async () => {
    const message = `The key ${CANARY} is not valid`;
    const fault = {
      match: { method: 'PUT', path: '/connections/' },
      respond: { status: 400, body: { error: { code: 'BadKey', message } } },
    };
    const lab = await labWith({
      files: { 'environments/dev/crm.yaml': CONNECTION },
      azure: { faults: [fault] },
      env: { CRM_KEY: CANARY },
    });
    const printed: string[] = [];
    const saved = join(lab.root, 'saved.plan');
    for (const args of [
      ['apply', '--yes', '--debug'],
      ['apply', '--yes', '-o', 'json'],
      ['plan', '--debug', '--out', saved],
      ['drift', '-o', 'json'],
      ['status'],
      ['history'],
    ]) {
      const { out, err } = await lab.ingate(...args);
      printed.push(out, err);
    }
    expect(JSON.stringify(lab.azure.requests().map((request) => request.requestBody))).toContain(CANARY);
    expect(printed.join('')).toContain('BadKey');
    expect(existsSync(saved)).toBe(true);
    expect(readdirSync(join(lab.root, '.ingate', 'journal', 'dev'))).not.toEqual([]);
    const all = printed.join('') + textsBelow(lab.root);
    expect(all).not.toContain(CANARY);
    expect(all).not.toMatch(/Bearer [\w.-]{8}/i);
  });
});

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}
