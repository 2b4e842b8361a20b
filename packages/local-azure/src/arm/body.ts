import { isObject, type JsonObject } from '../engine/json.ts';
import { jsonBody } from '../http/request.ts';
import { gatewayError } from './arm-error.ts';
import type { Call } from './contract.ts';

/** The body of a PUT or PATCH. 400 when it is not a JSON object. */
export function parseBody({ request }: Pick<Call, 'request'>): JsonObject {
  const found = parsed(request);
  if (isObject(found)) return found;
  throw gatewayError(
    400,
    'InvalidRequestContent',
    "The request content was invalid and could not be deserialized: 'A JSON object is required.'.",
  );
}

/** The body of a POST action; an empty object when nothing was sent. */
export function optionalBody({ request }: Pick<Call, 'request'>): JsonObject {
  const found = parsed(request);
  return isObject(found) ? found : {};
}

function parsed(request: Call['request']): unknown {
  try {
    return jsonBody(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw gatewayError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${reason}'.`,
    );
  }
}
