import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { normaliseLocation } from '../../arm/locations.ts';
import type { ResourceType, View, Write } from '../../arm/contract.ts';
import { textAt, valueAt, overlayObjects, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { forgetProject } from './project-data.ts';
import { accountDomain } from './accounts.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS, OPERATION_PATHS } from './shared.ts';

/** Microsoft.CognitiveServices/accounts/projects. Its name is returned as `account/project`. */
export const projects: ResourceType = {
  type: 'Microsoft.CognitiveServices/accounts/projects',
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'child',
  tracked: true,
  location: 'echoed',
  etag: 'body-and-header',
  conditional: true,
  body: {
    identity: IDENTITY,
    kind: 'readonly',
    properties: {
      displayName: 'string',
      description: 'string',
      endpoints: 'readonly',
      internalId: 'readonly',
      isDefault: 'readonly',
      provisioningState: 'readonly',
    },
  },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/u,
    message:
      "The project name '{name}' is invalid: 2 to 64 letters, digits, '_', '.' and '-', the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    states: { update: 'Accepted' },
    ...OPERATION_PATHS,
  },
  serialisedUnder: ACCOUNT_TYPE,
  check: (write) => {
    requireIdentity(write);
    requireProjectAccount(write);
  },
  complete: ({ engine, previous }) => ({
    readOnly: {
      kind: 'AIServices',
      properties: { internalId: textAt(previous?.readOnly, 'properties.internalId') ?? engine.ids.hex(32) },
    },
  }),
  present,
  afterDelete: forgetProject,
};

function requireIdentity({ body }: Write): void {
  if (textAt(body, 'identity.type')?.includes('Assigned')) return;
  throw new ArmError(400, 'InvalidRequestContent', 'A project needs a managed identity.', { target: 'identity' });
}

function requireProjectAccount({ body, parent }: Write): void {
  if (!parent) return;
  if (valueAt(parent.writable, 'properties.allowProjectManagement') !== true) {
    throw new ArmError(
      400,
      'BadRequest',
      'Projects can only be created under an account whose allowProjectManagement is true.',
    );
  }
  const location = textAt(body, 'location') ?? '';
  const wanted = textAt(parent.writable, 'location') ?? '';
  if (normaliseLocation(location) !== normaliseLocation(wanted)) {
    throw new ArmError(
      400,
      'InvalidResourceLocation',
      `A project must be in the location of its account, '${wanted}'.`,
      { target: 'location' },
    );
  }
}

function present(body: JsonObject, project: StoredResource, { engine, origin }: View): JsonObject {
  const account = engine.resources.get(project.parent);
  const domain = account ? accountDomain(account) : '';
  const first = engine.resources.list({ type: projects.type, parent: project.parent }, { limit: 1 })[0];
  const properties = {
    endpoints: { 'AI Foundry API': `${origin}/foundry/${domain}/api/projects/${project.name}` },
    isDefault: first?.id === project.id,
  };
  return { ...overlayObjects(body, { properties }), name: `${account?.name ?? ''}/${project.name}` };
}
