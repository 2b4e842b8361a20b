import type { LogEntry } from '@ingate/local-azure';

/** Requests as a reviewer reads them: different reads counted, because how often something is polled is chance; writes in order with what was sent. */
export function describeCalls(requests: readonly LogEntry[]): string {
  const reads = new Set(requests.filter((request) => request.method === 'GET').map(({ url }) => url));
  const writes = requests.filter((request) => request.method !== 'GET');
  const lines = writes.map((request) => {
    const head = `${request.method} ${shortPath(request.path)} -> ${request.status === 0 ? 'no answer' : request.status}`;
    return request.requestBody === undefined
      ? head
      : `${head}\n${indent(JSON.stringify(request.requestBody, null, 2))}`;
  });
  return `${[...lines, `(${reads.size} different reads)`].join('\n')}\n`;
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
