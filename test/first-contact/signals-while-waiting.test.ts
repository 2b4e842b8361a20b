import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVirtualClock } from '@ingate/local-azure';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announceRunning } from '../../src/azure/embedded.ts';
import { createLab, type Lab } from '../support/lab.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const document = (kind: string, name: string, spec: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const FOUNDRY = [
  document('FoundryAccount', 'ai', '{}'),
  document('FoundryProject', 'support', '{ account: ai }'),
  document(
    'ModelDeployment',
    'chat',
    '{ account: ai, model: { name: gpt-5-mini, version: "2025-08-07" }, sku: { name: GlobalBatch } }',
  ),
].join('---\n');
const GATE = document(
  'EvaluationGate',
  'quality',
  `{ project: support, target: { model: chat }, dataset: '{"id":"1","query":"a"}', metrics: [{ name: short, grader: { type: wordCount, most: 60 }, atLeast: 0.1, evidence: point }] }`,
);

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({
    files: { 'environments/dev/ai.yaml': FOUNDRY, 'rows.jsonl': '{"input":"hello"}\n' },
    azure: { clock: createVirtualClock(), timing: { operationMs: 0, evaluationRunMs: 60_000, jobMs: 60_000 } },
  });
  const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
  if (ran.code !== 0) throw new Error(ran.out + ran.err);
  lab.write({ 'environments/dev/gate.yaml': GATE });
  announceRunning(join(lab.root, '.ingate'), lab.azure.url, 'virtual');
});
afterEach(() => lab.close());

describe('a signal while a command waits for a clock that nobody advances', () => {
  it.each([
    ['apply -e dev --yes', /\/runs\//u, 'SIGTERM', 143, true],
    ['gate run quality -e dev', /\/runs\//u, 'SIGINT', 130, true],
    ['batch run ModelDeployment/chat -e dev --input rows.jsonl', /\/batches\//u, 'SIGTERM', 143, false],
  ] as const)('ends %s with a sentence, and the wait was announced', async (line, polled, signal, code, finishes) => {
    const child = spawn(process.execPath, [main, ...line.split(' '), '--cwd', lab.root], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const closed = once(child, 'close');
    await Promise.race([
      lab.azure.until((log) => log.some(({ method, path }) => method === 'GET' && polled.test(path))),
      closed.then(() => Promise.reject(new Error(`It ended by itself: ${said}`))),
    ]);
    child.kill(signal);
    if (finishes) {
      while (!said.includes('A second signal stops at once')) await Promise.race([once(child.stderr, 'data'), closed]);
      child.kill(signal);
    }
    expect([await closed, said]).toEqual([[code, null], expect.stringContaining('Virtual clock: ')]);
    expect(said).not.toContain('bug of ingate');
  });
});

describe('ingate local start', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('stops on %s', async (signal, code) => {
    const state = join(lab.root, 'elsewhere');
    const child = spawn(
      process.execPath,
      [main, 'local', 'start', '--port', '0', '--state', state, '--cwd', lab.root],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const closed = once(child, 'close');
    await Promise.race([once(child.stdout, 'data'), closed]);
    child.kill(signal);
    expect(await closed).toEqual([code, null]);
    expect(said).not.toContain('bug of ingate');
  });
});
