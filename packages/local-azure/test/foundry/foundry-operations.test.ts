import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preview, startFoundry, type FoundryLab } from './foundry-lab.ts';

/** An operation of the official client, as its compiled code sends it. */
interface Operation {
  readonly method: string;
  readonly path: string;
  /** Value of Foundry-Features, where it is always sent. */
  readonly feature: string | undefined;
}

const PATH = /expandUrlTemplate\("(?<template>[^"]+)"/u;
const VERB = /\.path\(path(?:_1)?\)\s*\.(?<method>get|post|put|patch|delete)\(/u;
const FEATURE = /foundryFeatures = "(?<constant>[^"]+)"|"foundry-features": "(?<literal>[^"]+)"/u;

/** Voice agents are out of scope. */
function readOperations(): Operation[] {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@azure/ai-projects'))), 'api');
  const files = globSync('**/operations.js', { cwd: folder }).filter((file) => !file.includes('voiceAgents'));
  const senders = files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split(/^export /mu)
      .filter((part) => /^function _\w+Send\(/u.test(part)),
  );
  return senders.map((sender) => {
    const { constant, literal } = FEATURE.exec(sender)?.groups ?? {};
    const template = PATH.exec(sender)?.groups?.['template'] ?? '';
    return {
      method: (VERB.exec(sender)?.groups?.['method'] ?? '').toUpperCase(),
      path: template
        .replaceAll(/\{\?[^}]*\}/gu, '')
        .replaceAll(/\{\w+\}/gu, 'some-name')
        .slice(1),
      feature: constant ?? literal,
    };
  });
}

const operations = readOperations();
let lab: FoundryLab;

beforeAll(async () => {
  lab = await startFoundry();
});
afterAll(() => lab.close());

function bodyFor(method: string): object | undefined {
  return method === 'GET' ? undefined : {};
}

describe('every operation of the official client', () => {
  it('is known: it answers, refuses what is sent, or says that it is not imitated', async () => {
    expect(operations.length).toBeGreaterThan(130);
    const unknown: string[] = [];
    for (const { method, path, feature } of operations) {
      const { status, body } = await lab.native(
        method,
        path,
        bodyFor(method),
        feature === undefined ? {} : preview(feature),
      );
      const isUnknown =
        status === 405 || status >= 502 || status === 500 || body?.error?.message?.startsWith('Resource ') === true;
      if (isUnknown) unknown.push(`${method} ${path}: ${status} ${body?.error?.message}`);
    }
    expect(unknown).toEqual([]);
  });

  it('needs its preview header', async () => {
    const gated = operations.filter(({ feature }) => feature !== undefined);
    expect(gated.length).toBeGreaterThan(50);
    const open: string[] = [];
    for (const { method, path, feature } of gated) {
      const { status, body } = await lab.native(method, path, bodyFor(method));
      if (status !== 403 || body.error.code !== 'preview_feature_required' || !body.error.message.includes(feature))
        open.push(`${method} ${path}: ${status}`);
    }
    expect(open).toEqual([]);
  });

  it('needs a token and an api-version', async () => {
    for (const { method, path } of operations) {
      const without = await lab.bench.send(method, `${lab.path}/${path}?api-version=v1`, bodyFor(method), {
        token: false,
      });
      expect([path, without.status]).toEqual([path, 401]);
      const versionless = await lab.bench.send(method, `${lab.path}/${path}`, bodyFor(method));
      expect([path, versionless.body.error.code]).toEqual([path, 'MissingApiVersionParameter']);
    }
  });
});
