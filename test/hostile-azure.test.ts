import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { concealed, concealedReads, concealedSession } from '../src/azure/concealed.ts';
import { AzureError } from '../src/model/azure.ts';
import { createKnownSecrets } from '../src/model/known-secrets.ts';
import { fakeAzure } from './support/fake-transport.ts';
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

/** Kinds of secrets, and how much of them may appear: a JSON document, a password with every awkward character, a key. */
const CANARIES: Readonly<Record<string, string>> = {
  word: CANARY,
  password: `C4n"ary\\p'w&<${CANARY}> %+/é`,
  json: `{"user":"${CANARY}","key":"a\\nb"}`,
  lines: `-----BEGIN PRIVATE KEY-----\nMIIC${CANARY}AAAA\nBBBBCANARYLINEBBBB==\n-----END PRIVATE KEY-----\n`,
};

function repetitions(secret: string): string {
  const json = JSON.stringify(secret);
  const basic = Buffer.from(`user:${secret}`).toString('base64');
  return [
    secret,
    secret.trim(),
    json,
    JSON.stringify(json),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(`x${secret}x`).toString('base64'),
    `Basic ${basic}`,
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString(),
    'Authorization: Bearer embedded-azure',
    'https://x.example/?sv=1&sig=canary%2Fsignature%3D&se=2',
  ].join(' | ');
}

/** What must be nowhere: pieces of the secret in every form. */
function piecesOf(secret: string): string[] {
  const pieces = secret
    .trim()
    .split('\n')
    .filter((line) => line.length >= 12 && !line.startsWith('-----'));
  const inner = (text: string) => text.slice(4, -6);
  const encoded = pieces.flatMap((piece) => [
    inner(Buffer.from(piece).toString('base64')),
    inner(Buffer.from(piece).toString('base64url')),
    inner(encodeURIComponent(piece)),
  ]);
  return [...pieces, ...encoded, CANARY, 'canary%2Fsignature', 'Bearer embedded'];
}

describe('a secret that Azure repeats in its error message', () => {
  const COMMANDS = [
    ['apply', '--yes', '--debug'],
    ['apply', '--yes', '-o', 'json'],
    ['plan', '--debug'],
    ['plan', '-o', 'json'],
    ['plan', '-o', 'markdown'],
    ['drift', '--debug'],
    ['drift', '-o', 'json'],
    ['status', '--debug'],
    ['status', '-o', 'json'],
    ['status', '-o', 'html'],
    ['doctor', '--debug'],
    ['doctor', '-o', 'json'],
    ['evaluation', 'report', '--debug'],
    ['rollout', 'status', '--debug'],
    ['history'],
    ['history', '-o', 'json'],
  ];

  it.each(Object.keys(CANARIES))('is in no output and no file, in no form: %s', async (kind) => {
    const secret = CANARIES[kind] ?? '';
    const message = repetitions(secret);
    const headers = { 'x-ms-request-id': Buffer.from(secret).toString('base64url') };
    const respond = { status: 400, headers, body: { error: { code: secret, message } } };
    const lab = await labWith({
      files: { 'environments/dev/crm.yaml': CONNECTION },
      azure: { faults: [{ match: { method: 'PUT', path: '/connections/' }, respond }] },
      env: { CRM_KEY: secret },
    });
    const printed: string[] = [];
    const run = async (args: readonly string[]): Promise<void> => {
      const { out, err } = await lab.ingate(...args);
      printed.push(`\n$ ${args.join(' ')}\n`, out, err);
    };
    const saved = join(lab.root, 'saved.plan');
    await run(['plan', '--out', saved]);
    for (const args of COMMANDS) await run(args);
    expect(JSON.stringify(lab.azure.requests().map((request) => request.requestBody))).toContain(CANARY);
    lab.azure.faults.add({ match: { path: '/' }, respond });
    for (const args of COMMANDS) await run(args);
    expect(printed.join('')).toContain('(secret)');
    expect(existsSync(saved)).toBe(true);
    expect(readdirSync(join(lab.root, '.ingate', 'journal', 'dev'))).not.toEqual([]);
    const all = printed.join('') + textsBelow(lab.root);
    expect(all).not.toMatch(/ING6002/);
    const leaks = piecesOf(secret).flatMap((piece) => {
      const at = all.indexOf(piece);
      return at < 0 ? [] : [all.slice(Math.max(0, at - 200), at + 100)];
    });
    expect(leaks).toEqual([]);
  });

  it('is refused when it is too short to be found again', async () => {
    const lab = await labWith({ files: { 'environments/dev/crm.yaml': CONNECTION }, env: { CRM_KEY: 'abcde' } });
    const { code, err } = await lab.ingate('apply', '--yes');
    expect(code).not.toBe(0);
    expect(err).toContain('ING5012');
    expect(lab.azure.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

describe('a token', () => {
  it('that a message repeats is in no error of any reader, known or not', async () => {
    const token = 'eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOnRydWV9.c2lnbmF0dXJl';
    const message = `Authorization: Bearer ${token} and ${token}, opaque 'Bearer abc123def456'`;
    const secrets = createKnownSecrets();
    const { azure, session } = fakeAzure({ status: 400, body: { error: { code: token, message } } });
    const one = { path: '/x', apiVersion: '1' };
    const [reads, writes, direct] = [
      concealedReads(azure, secrets),
      concealed(
        {
          ...azure,
          upload: () => Promise.reject(new AzureError({ code: token, message, method: 'PUT', url: message })),
        },
        secrets,
      ),
      concealedSession(session, secrets),
    ];
    const calls = [
      reads.get(one),
      reads.head(one),
      reads.text(one),
      reads.list(one),
      writes.put(one, {}),
      writes.patch(one, {}),
      writes.post(one, {}),
      writes.postForm(one, {}),
      writes.upload('https://x.example', Buffer.from('x')),
      writes.delete(one),
      direct.read('https://x.example/'),
      direct.send('POST', 'https://x.example/'),
    ];
    for (const ended of await Promise.allSettled(calls)) {
      const reason: unknown = ended.status === 'rejected' ? ended.reason : undefined;
      expect(reason).toBeInstanceOf(AzureError);
      const text = inspect(reason, { depth: 10 }) + JSON.stringify(reason);
      expect(text).toContain('(secret)');
      expect(text).not.toMatch(/eyJ|abc123def456/);
    }
  });

  it('that an action gave out is known from then on', async () => {
    const secrets = createKnownSecrets();
    const body = { primarySharedKey: CANARY, uploadUrl: 'https://x.example/b?sig=signature-of-canary' };
    await concealed(fakeAzure({ status: 200, body }).azure, secrets).post(
      { path: '/keys', apiVersion: '1' },
      undefined,
    );
    expect(secrets.conceal(`${CANARY} signature-of-canary`)).toBe('(secret) (secret)');
  });
});

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}
