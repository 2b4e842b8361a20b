import type { Engine } from '../arm/contract.ts';
import { defined } from '../engine/json.ts';
import { signToken } from './signing-key.ts';

/** Who a token is for. */
export interface Principal {
  readonly objectId: string;
  /** Client id of the application, or of the application that a person signs in with. */
  readonly clientId: string;
  /** Set for people. */
  readonly userName?: string;
  /** ARM id of the resource whose managed identity it is. */
  readonly managedIdentity?: string;
  /** How the application proved itself: 0 not at all, 1 by a secret, 2 by a certificate or an assertion. */
  readonly clientAuthentication: '0' | '1' | '2';
}

export interface AccessToken {
  readonly text: string;
  /** Seconds since 1970, on the clock of the machine: clients compare them with theirs. */
  readonly notBefore: number;
  readonly expiresOn: number;
  readonly lifetime: number;
}

/** Seconds that a token lives. Those of managed identities live for a day. */
const LIFETIME = 3599;
const MANAGED_IDENTITY_LIFETIME = 86_399;

/** An access token as Azure Resource Manager takes it: version 1.0, with the claims that az, the SDKs and Terraform read. */
export function issueToken(engine: Engine, principal: Principal, audience: string, origin: string): AccessToken {
  const { objectId, clientId, userName, managedIdentity, clientAuthentication } = principal;
  const now = Math.floor(Date.now() / 1000);
  const lifetime = managedIdentity === undefined ? LIFETIME : MANAGED_IDENTITY_LIFETIME;
  const issuer = issuerOf(engine, origin);
  const notBefore = now - 300;
  const expiresOn = now + lifetime;
  const claims = defined({
    aud: audience,
    iss: issuer,
    iat: now - 300,
    nbf: notBefore,
    exp: expiresOn,
    acr: userName === undefined ? undefined : '1',
    amr: userName === undefined ? undefined : ['pwd'],
    appid: clientId,
    appidacr: clientAuthentication,
    idp: userName === undefined ? issuer : undefined,
    idtyp: userName === undefined ? 'app' : 'user',
    name: userName,
    oid: objectId,
    scp: userName === undefined ? undefined : 'user_impersonation',
    sub: objectId,
    tid: engine.tenantId,
    unique_name: userName,
    upn: userName,
    uti: engine.ids.hex(22),
    ver: '1.0',
    xms_mirid: managedIdentity,
  });
  return { text: signToken(engine, claims), notBefore, expiresOn, lifetime };
}

/** The issuer that tokens and the discovery documents name; on the host and scheme of the request. */
export function issuerOf({ tenantId }: Engine, origin: string): string {
  return `${origin}/${tenantId}/`;
}
