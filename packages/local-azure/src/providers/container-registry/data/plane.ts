import type { Engine } from '../../../arm/contract.ts';
import type { DataPlane } from '../../../arm/data-plane.ts';
import { empty, json, type Reply } from '../../../http/reply.ts';
import type { LocalRequest } from '../../../http/request.ts';
import { readLog } from '../run-log.ts';
import { findRegistry } from '../shared.ts';
import { isSigned, takeUpload } from '../uploads.ts';
import { blobRoutes } from './blobs.ts';
import type { ImageRoute, RegistryCall } from './call.ts';
import { manifestRoutes } from './manifests.ts';
import { RegistryError, registryErrorReply } from './registry-error.ts';
import { exchange, grant, requireAccess, requireLogin } from './tokens.ts';

const HOST = /^(?<registry>[a-z0-9]+)\.azurecr\.io(?::\d+)?$/iu;
const ROUTES: readonly ImageRoute[] = [...manifestRoutes, ...blobRoutes];

/**
 * A registry's own API: below `/acr/{registry}/`, or anywhere when the request is for the host `{registry}.azurecr.io`.
 * Build contexts (`uploads/`) and logs (`logs/`) live below the prefix only; their URLs carry a signature.
 */
export const registryPlane: DataPlane = {
  matches: (request) => request.segments[0] === 'acr' || HOST.test(request.headers['host'] ?? ''),
  answer: (engine, request) => {
    try {
      return engine.database.transaction(() => answer(callOf(engine, request)));
    } catch (error) {
      if (error instanceof RegistryError) return registryErrorReply(error);
      throw error;
    }
  },
  confidential: true,
};

function callOf(engine: Engine, request: LocalRequest): RegistryCall {
  const ownHost = HOST.exec(request.headers['host'] ?? '')?.groups?.['registry'];
  const name = ownHost ?? request.segments[1] ?? '';
  const registry = findRegistry(engine, name);
  if (!registry) throw new RegistryError(404, 'NAME_UNKNOWN', `The registry '${name}' does not exist.`);
  const prefix = ownHost === undefined ? `/acr/${name}` : '';
  const path = request.segments.slice(ownHost === undefined ? 2 : 0).join('/');
  return { engine, request, registry, prefix, path };
}

function answer(call: RegistryCall): Reply {
  const { path, request } = call;
  if (path === 'oauth2/exchange' && request.method === 'POST') return exchange(call);
  if (path === 'oauth2/token') return grant(call);
  if (path === 'v2') {
    requireLogin(call);
    return json(200, {}, { 'docker-distribution-api-version': 'registry/2.0' });
  }
  if (path.startsWith('uploads/')) return storeContext(call);
  if (path.startsWith('logs/')) return showLog(call);
  return answerImages(call);
}

function answerImages(call: RegistryCall): Reply {
  const { method } = call.request;
  for (const { methods, path, access, handle } of ROUTES) {
    const found = methods.includes(method) ? path.exec(call.path) : null;
    if (!found) continue;
    const [, repository = '', name = ''] = found;
    if (access === 'catalog') requireAccess(call, 'registry', 'catalog', '*');
    else requireAccess(call, 'repository', repository, access);
    return handle(call, repository, name);
  }
  const message = `The embedded Azure does not imitate ${method} of '/${call.path}' in a registry.`;
  throw new RegistryError(404, 'UNSUPPORTED', message);
}

function requireSignature({ engine, request, registry, path }: RegistryCall): void {
  if (!isSigned(engine, request, registry, path))
    throw new RegistryError(403, 'DENIED', 'Server failed to authenticate the request: the signature is not valid.');
}

function storeContext(call: RegistryCall): Reply {
  const { engine, registry, request, path } = call;
  requireSignature(call);
  if (request.method !== 'PUT' || !takeUpload(engine, registry, path.slice('uploads/'.length), request))
    throw new RegistryError(404, 'UNSUPPORTED', 'There is no such upload.');
  return empty(201);
}

function showLog(call: RegistryCall): Reply {
  const { engine, registry, path } = call;
  requireSignature(call);
  const log = readLog(engine, registry, path.slice('logs/'.length));
  if (!log) throw new RegistryError(404, 'UNSUPPORTED', 'There is no such log.');
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-ms-blob-type': 'AppendBlob',
    ...(log.complete === undefined ? {} : { 'x-ms-meta-complete': log.complete }),
  };
  return { status: 200, headers, bytes: Buffer.from(log.text) };
}
