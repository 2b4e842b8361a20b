import { json, type Reply } from '../http/reply.ts';

/** What Azure's edge answers where no app is (wording **unverified**). Nothing of the request is repeated. */
export function nothingHere(): Reply {
  const text = 'Error 404 - This Container App is stopped or does not exist.';
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Azure Container App - Unavailable</title></head><body><h1>${text}</h1></body></html>`;
  return { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, bytes: Buffer.from(page) };
}

/** Answer of the proxy in front of an app when the chosen revision has no healthy replica (**unverified**). */
export function nobodyHome(): Reply {
  return { status: 503, headers: { 'content-type': 'text/plain' }, bytes: Buffer.from('no healthy upstream') };
}

/** The text as JSON where it is some, else as plain text. */
export function textReply(status: number, text: string): Reply {
  return { status, headers: { 'content-type': `${typeOf(text)}; charset=utf-8` }, bytes: Buffer.from(text) };
}

function typeOf(text: string): 'application/json' | 'text/plain' {
  try {
    JSON.parse(text);
    return 'application/json';
  } catch {
    return 'text/plain';
  }
}

/** 500 of this server's own, for variables that cannot be used. */
export function misconfigured(message: string): Reply {
  return json(500, { error: { code: 'LocalBehaviourInvalid', message } });
}
