import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';

let folder: string;
let bench: Bench;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  bench = await startBench({ tls: true, certificateFolder: folder });
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request by TLS that trusts only the server's certificate. */
function send(method: string, url: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
  const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(url, { method, headers, ca: bench.azure.tls!.certificate, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

it('answers on the same port with and without TLS, and links follow the scheme and host of the request', async () => {
  const { url, tls, port, subscriptionId } = bench.azure;
  expect([url, tls?.url]).toEqual([`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`]);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg?api-version=2025-04-01`;
  for (const name of ['127.0.0.1', 'localhost'])
    expect((await send('PUT', `https://${name}:${port}${group}`, { location: 'westus' })).status).toBeLessThan(202);
  const secure = await send('GET', `https://localhost:${port}/metadata/endpoints?api-version=2022-09-01`);
  expect((JSON.parse(secure.text) as { resourceManager: string }).resourceManager).toBe(`https://localhost:${port}/`);
  const plain = await bench.get('/metadata/endpoints?api-version=2022-09-01');
  expect(plain.body.resourceManager).toBe(`http://127.0.0.1:${port}/`);
  const deleted = await send('DELETE', tls!.url + group);
  expect(deleted.headers['location']).toMatch(new RegExp(`^${tls!.url}/subscriptions/`, 'u'));
  expect((await send('GET', String(deleted.headers['location']))).status).toBe(200);
});

it('keeps connections open, by TLS as well', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (let round = 0; round < 3; round += 1) {
    agent.on('free', (socket: { localPort?: number }) => ports.add(socket.localPort));
    await send('GET', `${bench.azure.tls!.url}/_local/health`, undefined, { agent });
  }
  expect(ports.size).toBe(1);
  agent.destroy();
});

it('does not answer clients that do not trust it', async () => {
  await expect(send('GET', `${bench.azure.tls!.url}/_local/health`, undefined, { ca: [] })).rejects.toThrow(
    /self-signed certificate/u,
  );
});

it('survives connections that say nothing, nonsense, or half of a handshake', async () => {
  for (const bytes of ['', 'NONSENSE\r\n\r\n', Buffer.from([22, 3, 1, 0, 5])]) {
    await new Promise<void>((resolve) => {
      const socket = connect(bench.azure.port, '127.0.0.1', () => {
        if (bytes.length === 0) socket.destroy();
        else socket.write(bytes, () => socket.destroy());
      });
      socket.on('error', () => undefined).on('close', () => resolve());
    });
  }
  expect((await send('GET', `${bench.azure.tls!.url}/_local/health`)).status).toBe(200);
  await new Promise<void>((resolve) =>
    httpGet(`${bench.azure.url}/_local/health`, (found) => found.resume().on('end', resolve)),
  );
});

it('has a certificate of one year for this machine only, which is kept with a private key that others cannot read', async () => {
  const { certificate, certificateFile } = bench.azure.tls!;
  const parsed = new X509Certificate(certificate);
  expect(parsed.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(parsed.ca).toBe(false);
  expect(Date.parse(parsed.validTo) - Date.now()).toBeLessThan(400 * 86_400_000);
  expect(certificateFile).toBe(join(folder, 'local-azure-ca.pem'));
  expect(readFileSync(certificateFile!, 'utf8')).toBe(certificate);
  expect(statSync(join(folder, 'local-azure-key.pem')).mode & 0o777).toBe(0o600);
  await bench.close();
  bench = await startBench({ tls: true, certificateFolder: folder });
  expect(bench.azure.tls!.certificate).toBe(certificate);
  await bench.close();
  writeFileSync(certificateFile!, 'broken');
  bench = await startBench({ tls: true, certificateFolder: folder });
  expect(bench.azure.tls!.certificate).not.toBe(certificate);
  expect((await send('GET', `${bench.azure.tls!.url}/_local/health`)).status).toBe(200);
});

it('leaves nothing behind without a folder, and offers no TLS unless asked', async () => {
  await bench.close();
  bench = await startBench({ tls: true });
  expect(bench.azure.tls?.certificateFile).toBeUndefined();
  await bench.close();
  bench = await startBench({ certificateFolder: join(folder, 'unused') });
  expect(bench.azure.tls).toBeUndefined();
  expect(existsSync(join(folder, 'unused'))).toBe(false);
});
