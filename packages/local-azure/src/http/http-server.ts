import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Reply } from './reply.ts';
import { readRequest, type LocalRequest } from './request.ts';

/** Outcome of a request: an answer, or a connection that is cut without one. */
export type Outcome = Reply | 'drop';

export interface HttpServer {
  readonly port: number;
  /** Cuts open connections and resolves when the port is free. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly port: number;
  /** PEM. With it the port takes TLS connections as well as plain ones. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

const SETTINGS = { keepAliveTimeout: 30_000 };

/** Listens on 127.0.0.1. `answer` must not throw. */
export async function listen(
  { port, tls }: ListenOptions,
  answer: (request: LocalRequest) => Promise<Outcome>,
): Promise<HttpServer> {
  const handler: RequestListener = (message, response) => void serve(message, response, answer);
  const plain = createServer(SETTINGS, handler);
  const listener = tls
    ? createSwitch(plain, createTlsServer({ ...SETTINGS, cert: tls.certificate, key: tls.key }, handler))
    : plain;
  const sockets = trackSockets(listener);
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, '127.0.0.1', resolve);
  });
  return { port: (listener.address() as AddressInfo).port, close: () => closeServer(listener, sockets) };
}

/** The first byte of a TLS connection: a record of type handshake. No HTTP method starts with it. */
const TLS_HANDSHAKE = 22;

/** Looks at the first byte of a connection and hands it to the server that speaks its language. */
function createSwitch(plain: Server, secure: Server): Server {
  return createSocketServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
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

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
