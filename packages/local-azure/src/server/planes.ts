import { handleArm } from '../arm/pipeline.ts';
import { findDiscovery } from '../discovery/handle.ts';
import type { Engine } from '../arm/contract.ts';
import type { Directives } from '../engine/faults.ts';
import { handleApp, isAppRequest, withAppHeaders } from '../ingress/handle.ts';
import { handleBlob, isBlobPath, withBlobHeaders } from '../foundry/blobs/handle.ts';
import { handleFoundry, isFoundryPath } from '../foundry/handle.ts';
import { findDataPlane } from './data-planes.ts';
import { withArmHeaders, withDiscoveryHeaders, withFoundryHeaders } from '../http/headers.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import type { Allowance } from '../http/throttle.ts';

/** One of the services that share the server's address, distinguished by path. */
export interface Plane {
  answer(engine: Engine, directives: Directives): Reply | Promise<Reply>;
  /** Adds the headers that every answer of the service carries. */
  finish(engine: Engine, reply: Reply, allowance?: Allowance): Reply;
  /** Its requests count against the limits of Azure Resource Manager. */
  readonly throttled?: boolean;
  /** Its bodies hold secrets and tokens. */
  readonly confidential?: boolean;
}

/** The service that a request is for; whatever is nothing else is for Azure Resource Manager. */
export function planeOf(request: LocalRequest): Plane {
  if (isAppRequest(request)) {
    return {
      answer: (engine) => handleApp(engine, request),
      finish: (engine, reply) => withAppHeaders(reply, engine),
      confidential: true,
    };
  }
  if (isFoundryPath(request)) {
    return {
      answer: (engine, directives) => handleFoundry(engine, request, directives),
      finish: (engine, reply) => withFoundryHeaders(reply, request, engine),
    };
  }
  if (isBlobPath(request)) {
    return {
      answer: (engine) => handleBlob(engine, request),
      finish: (engine, reply) => withBlobHeaders(reply, request, engine),
    };
  }
  const dataPlane = findDataPlane(request);
  if (dataPlane) {
    return {
      answer: (engine, directives) => dataPlane.answer(engine, request, directives),
      finish: (engine, reply) => withDiscoveryHeaders(reply, request, engine),
      confidential: dataPlane.confidential,
    };
  }
  const discovery = findDiscovery(request);
  if (discovery) {
    return {
      answer: (engine) => discovery.answer(engine),
      finish: (engine, reply) => withDiscoveryHeaders(reply, request, engine),
      confidential: discovery.confidential,
    };
  }
  return {
    answer: (engine, directives) => handleArm(engine, request, directives),
    finish: (engine, reply, allowance) => withArmHeaders(reply, request, engine, allowance),
    throttled: true,
  };
}
