import type { Connection } from './connect.ts';

/** Who calls Azure, as the access token says. Never holds the token. Members are absent where it does not say. */
export interface Identity {
  /** Name of a person; absent for applications. */
  readonly name?: string;
  readonly objectId?: string;
  /** Client id of the application or managed identity, or of the tool that a person signed in with. */
  readonly applicationId?: string;
  readonly tenantId?: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Asks for a token of the control plane and reads its claims. Rejects as the credential does. */
export async function readIdentity({ client }: Connection): Promise<Identity | undefined> {
  const found = await client.credential.getToken(`${client.endpoint}/.default`);
  return found === null ? undefined : identityOf(found.token, found.expiresOnTimestamp);
}

/**
 * The claims of an Entra access token, version 1.0 or 2.0, that name its holder. Read for people to look at: nothing is
 * decided by them, so the signature is not checked.
 */
export function identityOf(token: string, expires: number): Identity {
  const claims = claimsOf(token);
  const text = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => claims[name]).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : undefined;
  };
  const members = {
    name: text('upn', 'unique_name', 'preferred_username'),
    objectId: text('oid'),
    applicationId: text('appid', 'azp'),
    tenantId: text('tid'),
  };
  return { ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)), expires };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
