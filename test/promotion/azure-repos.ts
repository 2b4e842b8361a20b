import { createServer } from 'node:http';

export interface AzureRepos {
  /** As SYSTEM_TEAMFOUNDATIONCOLLECTIONURI says it. */
  readonly collection: string;
  readonly pullRequests: readonly Readonly<Record<string, unknown>>[];
  readonly threads: readonly string[];
  close(): void;
}

/** As much of Azure Repos as pull requests need. */
export async function startAzureRepos(): Promise<AzureRepos> {
  const pullRequests: Record<string, unknown>[] = [];
  const threads: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = (chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}) as Record<string, unknown>;
      const url = new URL(request.url ?? '/', 'http://localhost');
      const number = Number(/pullrequests\/(\d+)/i.exec(url.pathname)?.[1] ?? 0);
      const answer = (value: unknown): void => void response.end(JSON.stringify(value));
      if (url.searchParams.get('api-version') !== '7.1') return void response.writeHead(400).end('{}');
      if (!request.headers.authorization?.startsWith('Bearer ')) return void response.writeHead(401).end('{}');
      if (url.pathname.endsWith('/threads')) return answer({ id: threads.push(JSON.stringify(body)) });
      if (request.method === 'POST') {
        const made = {
          ...body,
          status: 'active',
          pullRequestId: pullRequests.length + 1,
          repository: { webUrl: 'https://x/_git/r' },
        };
        pullRequests.push(made);
        return answer(made);
      }
      if (request.method === 'PATCH') return answer(Object.assign(pullRequests[number - 1] ?? {}, body));
      const target = url.searchParams.get('searchCriteria.targetRefName');
      return answer({
        value: pullRequests.filter((one) => one['status'] === 'active' && one['targetRefName'] === target),
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { collection: `http://127.0.0.1:${port}/org/`, pullRequests, threads, close: () => server.close() };
}
