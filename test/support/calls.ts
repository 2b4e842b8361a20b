import type { LogEntry } from '../../src/local-azure/index.ts';

/** Requests as a reviewer reads them: reads counted, writes in order with what was sent. */
export function describeCalls(requests: readonly LogEntry[]): string {
  const reads = requests.filter((request) => request.method === 'GET');
  const writes = requests.filter((request) => request.method !== 'GET');
  const lines = writes.map((request) => {
    const head = `${request.method} ${shortPath(request.path)} -> ${request.status === 0 ? 'no answer' : request.status}`;
    return request.requestBody === undefined
      ? head
      : `${head}\n${indent(JSON.stringify(request.requestBody, null, 2))}`;
  });
  return `${[...lines, `(${reads.length} reads)`].join('\n')}\n`;
}

function shortPath(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/i, '{group}')
    .replace(/^\/subscriptions\/[^/]+/i, '{subscription}');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
