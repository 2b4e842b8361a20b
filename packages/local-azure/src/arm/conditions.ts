import type { StoredResource } from '../engine/resources.ts';
import { ArmError } from './arm-error.ts';
import { etagOf } from './render.ts';
import type { Call } from './contract.ts';

/**
 * If-Match and If-None-Match, for the types that honour them; the others ignore both headers. A condition on a missing
 * resource fails for PUT and PATCH; DELETE of a missing resource is 204 all the same.
 */
export function requireConditions({ type, request }: Call, existing: StoredResource | undefined): void {
  if (!type.conditional) return;
  const ifMatch = request.headers['if-match'];
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifMatch !== undefined && !satisfies(ifMatch, existing) && !(request.method === 'DELETE' && !existing))
    throw failed('If-Match', ifMatch);
  if (ifNoneMatch !== undefined && satisfies(ifNoneMatch, existing)) throw failed('If-None-Match', ifNoneMatch);
}

function satisfies(condition: string, existing: StoredResource | undefined): boolean {
  return existing !== undefined && (condition.trim() === '*' || unquoted(condition) === unquoted(etagOf(existing)));
}

function unquoted(etag: string): string {
  return etag.trim().replace(/^W\//u, '').replaceAll('"', '');
}

function failed(header: string, value: string): ArmError {
  const code = header === 'If-Match' ? 'IfMatchPreconditionFailed' : 'PreconditionFailed';
  return new ArmError(412, code, `The condition '${value}' in the ${header} header was not satisfied.`);
}
