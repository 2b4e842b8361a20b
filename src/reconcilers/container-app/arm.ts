import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, isObject, valueAt, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { createBody } from '../shared/arm-body.ts';
import { compileArmKind, type ArmKind } from '../shared/arm-kind.ts';
import { givenSecrets, vaultSecretsFromArm, vaultSecretsToArm } from '../shared/container-secrets.ts';
import { extendedLocation } from '../shared/extended-location.ts';
import { rolloutHash } from '../shared/rollout/target.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.App/containerApps. A PATCH keeps secrets that it does not name; a PUT would lose their values. */
export const declared: ArmKind = {
  kind: 'ContainerApp',
  schema,
  type: 'Microsoft.App/containerApps',
  apiVersion: '2026-01-01',
  nameRule: { scope: 'group', pattern: /^[a-z]([a-z0-9]|-(?!-)){0,30}[a-z0-9]$/, maxLength: 32, style: 'lower-kebab' },
  update: 'patch',
  deadlineMinutes: 20,
  outputs: {
    fqdn: ['/properties/configuration/ingress/fqdn', 'Host name of its ingress.'],
    latestRevision: ['/properties/latestRevisionName', 'Name of the newest revision.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/properties/configuration/ingress/fqdn',
    '/properties/customDomainVerificationId',
    '/properties/eventStreamEndpoint',
    '/properties/latestReadyRevisionName',
    '/properties/latestRevisionFqdn',
    '/properties/latestRevisionName',
    '/properties/outboundIpAddresses',
    '/properties/runningStatus',
    '/properties/template/containers/*/resources/ephemeralStorage',
    '/properties/template/initContainers/*/resources/ephemeralStorage',
    '/properties/template/revisionSuffix',
  ],
  targets: { secrets: ['/properties/configuration/secrets'] },
  listedSecrets: '/properties/configuration/secrets',
  // A revision of the same name exists.
  resets: ['/properties/template/revisionSuffix'],
  toArm: (body, site) => ({ ...vaultSecretsToArm(body, site), ...extendedLocation(site) }),
  secretsOf: givenSecrets,
  fromArm: (spec, _, site) => vaultSecretsFromArm(spec, site),
};

export const compiled = compileArmKind(declared);

/** Fields of a spec that make up the template of a revision. */
export const TEMPLATE_FIELDS = ['containers', 'initContainers', 'scale', 'volumes', 'terminationGracePeriodSeconds'];

/** Those fields of a spec, as far as it has them. */
export function templateFields(spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => TEMPLATE_FIELDS.includes(name)));
}

/** What a revision is made from, by the manifest, and the hash that stands for it; no hash: known after apply. */
export function wantedTemplate(site: Site): {
  readonly template: JsonObject;
  readonly hash: string | undefined;
  /** sha256 over the same. */
  readonly digest: string | undefined;
} {
  const fields = templateFields(site.spec as JsonObject);
  if (canonicalJson(fields).includes('"valueFrom"')) return { template: {}, hash: undefined, digest: undefined };
  const found = valueAt(createBody(compiled, fields, site), '/properties/template');
  const template = isObject(found) ? found : {};
  return { template, hash: rolloutHash(template), digest: sha256(canonicalJson(template)) };
}
