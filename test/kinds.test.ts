import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Reconciler } from '../src/model/kind.ts';
import { registry } from '../src/reconcilers/registry.ts';
import type { LogEntry } from '@ingate/local-azure';
import { example, exampleSecrets as env, filesFor } from './support/examples.ts';
import { createLab, type Lab } from './support/lab.ts';
import { checkTraffic, hasTypeData, knowsType } from '../packages/local-azure/test/support/type-check.ts';

const TABLE = new URL('kinds.txt', import.meta.url);

let lab: Lab | undefined;
afterEach(() => lab?.close());

/** Kinds and the parts of kinds that are types of Azure Resource Manager. */
const armKinds = [...registry.values()]
  .flatMap((kind) => [{ owner: kind, kind }, ...Object.values(kind.parts).map((part) => ({ owner: kind, kind: part }))])
  .filter(({ kind }) => kind.azureType.startsWith('Microsoft.'));

function isWriteOf(
  { azureType, apiVersion }: Reconciler,
  { method, path, status, apiVersion: version }: LogEntry,
): boolean {
  const types = azureType
    .split('/')
    .slice(1)
    .map((type) => type.toLowerCase());
  const segments = path.toLowerCase().split('/');
  const fits = types.every((type) => segments.includes(type) || azureType.endsWith('/resourceGroups'));
  return (method === 'PUT' || method === 'PATCH') && status < 300 && version === apiVersion && fits;
}

describe.skipIf(!hasTypeData)('every kind that is an ARM type', () => {
  it('has type data at its api-version, and sends what fits it: see kinds.txt', async () => {
    const rows: string[] = [];
    for (const { owner, kind } of armKinds) {
      lab = await createLab({ files: filesFor(owner.kind, example(owner.kind, 'full') ?? ''), env });
      const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
      expect(ran.code, ran.out + ran.err).toBe(0);
      const sent = lab.azure.requests().filter((entry) => isWriteOf(kind, entry));
      const known = knowsType(kind.azureType, kind.apiVersion) ? 'known' : 'UNKNOWN';
      const name = owner === kind ? kind.kind : `${owner.kind}: ${kind.kind}`;
      rows.push(
        `${name.padEnd(40)} ${`${kind.azureType}@${kind.apiVersion}`.padEnd(90)} ${known}, ${sent.length > 0 ? resultOf(sent) : 'NOTHING SENT'}`,
      );
      await lab.close();
      lab = undefined;
    }
    const table = `${rows.join('\n')}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(TABLE, table);
    expect(table).not.toMatch(/UNKNOWN|NOTHING SENT/);
    expect(table).toBe(existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '');
  });
});

function resultOf(sent: readonly LogEntry[]): string {
  checkTraffic(sent, 'requests');
  return 'requests fit';
}
