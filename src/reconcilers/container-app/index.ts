import { armKind } from '../shared/arm-kind.ts';
import { givenSecrets, vaultSecretsFromArm, vaultSecretsToArm } from '../shared/container-secrets.ts';
import { extendedLocation } from '../shared/extended-location.ts';
import schema from './schema.json' with { type: 'json' };

/** A PATCH of Microsoft.App/containerApps keeps secrets that it does not name; a PUT would lose their values. */
export const containerApp = armKind({
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
    '/identity/principalId',
    '/identity/tenantId',
    '/identity/userAssignedIdentities/*/principalId',
    '/identity/userAssignedIdentities/*/clientId',
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
  toArm: (body, site) => ({ ...vaultSecretsToArm(body, site), ...extendedLocation(site) }),
  secretsOf: givenSecrets,
  fromArm: (spec, _, site) => vaultSecretsFromArm(spec, site),
});
