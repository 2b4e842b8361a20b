import { isObject, type JsonObject } from '../../engine/json.ts';
import { jsonBody } from '../../http/request.ts';
import type { FoundryCall } from './route.ts';
import { FoundryError, invalid } from './foundry-error.ts';
import type { ObjectNode } from '../../shape/notation.ts';
import { normalise } from '../../shape/normalise.ts';

/** The body of a request, which must be a JSON object. */
export function readBody({ request }: Pick<FoundryCall, 'request'>): JsonObject {
  try {
    const body = jsonBody(request);
    if (isObject(body)) return body;
  } catch {
    // Refused below, as anything else that is not an object.
  }
  throw new FoundryError(400, 'invalid_payload', 'The request body must be a JSON object');
}

/** A body that fits a shape; 400 with the first problem otherwise. Nulls are dropped. */
export function requireShape(shape: ObjectNode, body: JsonObject): JsonObject {
  const { value, problems } = normalise(shape, body);
  const [first] = problems;
  if (first) throw invalid(first.message, first.path);
  return value;
}

const OPENAI_CODES = {
  unknown: 'unknown_parameter',
  missing: 'missing_required_parameter',
  type: 'invalid_type',
  value: 'invalid_value',
} as const;

/** The same for OpenAI-compatible routes, which have their own codes. */
export function requireOpenAiShape(shape: ObjectNode, body: JsonObject): JsonObject {
  const { value, problems } = normalise(shape, body);
  const [first] = problems;
  if (!first) return value;
  const { kind, path } = first;
  const words = { unknown: `Unknown parameter: '${path}'.`, missing: `Missing required parameter: '${path}'.` };
  const message = kind === 'unknown' || kind === 'missing' ? words[kind] : first.message;
  throw new FoundryError(400, OPENAI_CODES[kind], message, path);
}

/** 403 unless the caller named the feature in Foundry-Features. */
export function requireFeature({ features }: Pick<FoundryCall, 'features'>, feature: string): void {
  if (features.has(feature)) return;
  const message = `This operation uses a feature in preview. Send the header 'Foundry-Features: ${feature}' to use it.`;
  throw new FoundryError(403, 'preview_feature_required', message);
}
