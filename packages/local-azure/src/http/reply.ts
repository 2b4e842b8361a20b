import type { Json } from '../engine/json.ts';

/** The reply. At most one of `json` and `bytes` is given; neither means an empty body. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  /** Sent as they are; their Content-Type belongs into `headers`. */
  readonly bytes?: Buffer;
}

export function json(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, json: body, headers };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers };
}
