import type { Engine } from '../../../arm/contract.ts';
import { isObject, type JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { jsonBody, type LocalRequest } from '../../../http/request.ts';
import { badParameter } from './vault-error.ts';

/** A request to a vault that exists. */
export interface VaultCall {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly vault: StoredResource;
  /** Prefix of ids, with a trailing slash. */
  readonly base: string;
  /** Values of the names in the path. */
  readonly names: readonly string[];
}

/** One operation of a vault's data plane. */
export interface VaultRoute {
  readonly method: string;
  /** Below the vault; groups are `names`. */
  readonly path: RegExp;
  /** Permission of an access policy, by kind: `secrets/get`. */
  readonly permission: string;
  /** Data action of a role, below `Microsoft.KeyVault/vaults/`. */
  readonly dataAction: string;
  readonly handle: (call: VaultCall) => Reply;
}

export function vaultBody({ request }: VaultCall): JsonObject {
  try {
    const body = jsonBody(request) ?? {};
    if (isObject(body)) return body;
  } catch {
    // Refused below: not JSON.
  }
  throw badParameter('The request body is not a JSON object.');
}

/** Seconds since 1970. */
export function nowOf({ engine }: VaultCall): number {
  return Math.floor(engine.clock.now() / 1000);
}

const MOST_RESULTS = 25;

/** One page of a list; `nextLink` is null at the end. */
export function vaultPage({ request, base }: VaultCall, path: string, items: readonly JsonObject[]): Reply {
  const asked = Number(request.query.get('maxresults') ?? MOST_RESULTS);
  if (!Number.isInteger(asked) || asked < 1 || asked > MOST_RESULTS)
    throw badParameter(`maxresults must be a number from 1 to ${MOST_RESULTS}.`);
  const skipped = Number(request.query.get('$skiptoken') ?? 0);
  const end = skipped + asked;
  const query = new URLSearchParams({
    'api-version': request.query.get('api-version') ?? '',
    $skiptoken: String(end),
    maxresults: String(asked),
  });
  const nextLink = end < items.length ? `${base}${path}?${query.toString()}` : null;
  return json(200, { value: items.slice(skipped, end), nextLink });
}
