import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from './reply.ts';
import { readRequest, type LocalRequest } from './request.ts';

/** What becomes of a request: an answer, or a connection that is cut without one. */
export type Outcome = Reply | 'drop';

export interface HttpServer {
  readonly port: number;
  /** Cuts open connections and resolves when the port is free. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. `answer` must not throw. */
export async function listen(port: number, answer: (request: LocalRequest) => Promise<Outcome>): Promise<HttpServer> {
  const server = createServer(
    { keepAliveTimeout: 30_000 },
    (message, response) => void serve(message, response, answer),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: LocalRequest) => Promise<Outcome>,
): Promise<void> {
  try {
    const outcome = await answer(await readRequest(message));
    if (outcome === 'drop') message.socket.destroy();
    else send(response, outcome);
  } catch {
    message.socket.destroy();
  }
}

function send(response: ServerResponse, { status, headers = {}, json, bytes }: Reply): void {
  const body = json === undefined ? bytes : Buffer.from(JSON.stringify(json));
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(body?.length ?? 0) };
  response.writeHead(status, { ...type, ...length, ...headers });
  response.end(status === 204 ? undefined : body);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
