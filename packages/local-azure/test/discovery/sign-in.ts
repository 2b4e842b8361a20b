import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { expect } from 'vitest';
import type { Answer, Bench } from '../support/client.ts';

export const RESOURCE = 'https://management.azure.com/';
export const SCOPE = `${RESOURCE}.default`;

/** An application that signs in; any id and secret will do. */
export const APPLICATION = { grant_type: 'client_credentials', client_id: 'app', client_secret: 's', scope: SCOPE };

export interface Claims {
  readonly [name: string]: unknown;
  readonly oid: string;
  readonly exp: number;
}

/** GET without a bearer token. */
export function ask(bench: Bench, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return bench.send('GET', path, undefined, { token: false, headers });
}

/** POST of a form without a bearer token. */
export function postForm(bench: Bench, path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  return bench.send('POST', path, undefined, {
    text: new URLSearchParams(form).toString(),
    token: false,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

/** Asks the token endpoint, version 2. */
export function signIn(bench: Bench, form: Readonly<Record<string, string>> = APPLICATION): Promise<Answer> {
  return postForm(bench, `/${bench.azure.tenantId}/oauth2/v2.0/token`, form);
}

/** The claims of a token whose signature fits the published keys. */
export async function verified(bench: Bench, token: string): Promise<Claims> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
  expect(alg).toBe('RS256');
  const { keys } = (await ask(bench, '/common/discovery/v2.0/keys')).body as { keys: (JsonWebKey & { kid: string })[] };
  const key = createPublicKey({ key: keys.find((each) => each.kid === kid)!, format: 'jwk' });
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
