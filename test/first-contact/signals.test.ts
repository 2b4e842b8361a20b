import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { announceRunning } from '../../src/azure/embedded.ts';
import type { Io } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run.ts';
import { printLine } from '../../src/cli/text.ts';
import { createLab, type Lab } from '../support/lab.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const CODES = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

describe('a signal', () => {
  it.each(CODES)('%s ends a command that does not hold it with %i and a sentence', async (signal, code) => {
    lab = await createLab();
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const takeBack = announceRunning(join(lab.root, '.ingate'), `http://127.0.0.1:${port}`);
    const child = spawn(process.execPath, [main, 'plan', '--cwd', lab.root], { stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await once(silent, 'request');
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(err).toContain(`Stopped by ${signal}`);
    takeBack();
    silent.closeAllConnections();
    silent.close();
  });

  it.each(CODES)(
    '%s ends a command that fails because of it with %i, and is not called a bug',
    async (signal, code) => {
      let err = '';
      const stop = new AbortController();
      lab = await createLab();
      const io: Io = {
        env: {},
        cwd: lab.root,
        interactive: false,
        print: () => undefined,
        say: (...lines) => (err += lines.map((line) => `${printLine(line, false)}\n`).join('')),
        write: () => undefined,
        ask: () => Promise.reject(new Error('Nobody is there')),
        holdSignals: () => ({ stop: stop.signal, kill: stop.signal }),
      };
      const print = (): never => {
        stop.abort(signal);
        throw new DOMException('The operation was aborted', 'AbortError');
      };
      expect(await runCli(['status', 'dev', '--watch', '1'], { ...io, print, write: print })).toBe(code);
      expect(err).toContain(`Stopped by ${signal}`);
      expect(err).not.toContain('bug');
    },
  );
});
