import { pageReply } from '../../arm/paging.ts';
import { requireParent } from '../../arm/existence.ts';
import { viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Call, Completed, ResourceType, Write } from '../../arm/contract.ts';
import { sameText, textAt, valueAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { Reply } from '../../http/reply.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS } from './shared.ts';

const key = { credentials: { key: 'secret' } };

/** Credentials of each kind of authentication. Kinds that Azure accepts without documenting them fall under `*`. */
const CREDENTIALS = {
  AAD: {},
  None: {},
  ApiKey: key,
  AccountKey: key,
  AccessKey: { credentials: { accessKeyId: 'secret', secretAccessKey: 'secret' } },
  CustomKeys: { credentials: { keys: { '*': 'secret' } } },
  ManagedIdentity: { credentials: { clientId: 'secret', resourceId: 'secret' } },
  ServicePrincipal: { credentials: { clientId: 'secret', clientSecret: 'secret', tenantId: 'secret' } },
  SAS: { credentials: { sas: 'secret' } },
  PAT: { credentials: { pat: 'secret' } },
  UsernamePassword: { credentials: { username: 'secret', password: 'secret', securityToken: 'secret' } },
  OAuth2: {
    credentials: {
      authUrl: 'secret',
      clientId: 'secret',
      clientSecret: 'secret',
      developerToken: 'secret',
      password: 'secret',
      refreshToken: 'secret',
      tenantId: 'secret',
      username: 'secret',
    },
  },
  '*': { credentials: { '*': 'secret' } },
} as const;

/** Connections of an account or a project. PUT is 200 whether or not there was one; credentials are never returned. */
function connectionType(type: string): ResourceType {
  return {
    type,
    apiVersions: COGNITIVE_VERSIONS,
    placement: 'child',
    body: {
      'properties!': {
        'authType!': 'string',
        '?authType': CREDENTIALS,
        'category!': 'string',
        error: 'string',
        expiryTime: 'string',
        isSharedToAll: 'boolean = false',
        metadata: { '*': 'string' },
        peRequirement: 'Required|NotRequired|NotApplicable = NotRequired',
        peStatus: 'Inactive|Active|NotApplicable = NotApplicable',
        sharedUserList: ['string'],
        target: 'string',
        useWorkspaceManagedIdentity: 'boolean = false',
        createdByWorkspaceArmId: 'readonly',
        group: 'readonly',
      },
    },
    immutable: ['properties.category'],
    codes: { immutable: 'BadRequest', immutableStatus: 400 },
    names: {
      pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/u,
      message:
        "The connection name '{name}' is invalid: 3 to 33 letters, digits, '_' and '-', the first a letter or digit.",
    },
    statuses: { create: 200, update: 200, patch: 200, delete: 200 },
    serialisedUnder: ACCOUNT_TYPE,
    complete,
    handlers: { LIST: listConnections },
  };
}

export const accountConnections: ResourceType = connectionType('Microsoft.CognitiveServices/accounts/connections');
export const projectConnections: ResourceType = connectionType(
  'Microsoft.CognitiveServices/accounts/projects/connections',
);

const GROUPS: Readonly<Record<string, string>> = {
  azureopenai: 'AzureAI',
  aiservices: 'AzureAI',
  cognitivesearch: 'AzureAI',
  cosmosdb: 'NoSQL',
  azureblob: 'Azure',
  azurestorageaccount: 'Azure',
  adlsgen2: 'Azure',
  azuresqldb: 'Database',
};

function complete({ body, parent }: Write): Completed {
  const category = textAt(body, 'properties.category') ?? '';
  return {
    defaults: { properties: { sharedUserList: [] } },
    readOnly: {
      properties: {
        group: GROUPS[category.toLowerCase()] ?? 'ServicesAndApps',
        createdByWorkspaceArmId: parent?.id ?? '',
      },
    },
  };
}

/** `category` and `target` select; `includeAll` adds to a project's own connections those that its account shares. */
function listConnections(call: Call): Reply {
  requireParent(call);
  const { reader, target, type, request } = call;
  const own = reader.list({ type: type.type, parent: target.parent });
  const found = [...own, ...sharedConnections(call)].filter((connection) =>
    ['category', 'target'].every((field) => matches(field, connection)),
  );
  return pageReply(
    call,
    found.toSorted((a, b) => a.sequence - b.sequence),
    (connection) => render(connection, viewOf(call)),
  );

  function matches(field: string, { writable }: StoredResource): boolean {
    const wanted = request.query.get(field) ?? request.query.get(`$${field}`);
    return wanted === undefined || sameText(textAt(writable, `properties.${field}`) ?? '', wanted);
  }
}

function sharedConnections({ reader, target, type, request }: Call): StoredResource[] {
  if (type.type !== projectConnections.type || request.query.get('includeAll')?.toLowerCase() !== 'true') return [];
  const account = reader.get(target.parent)?.parent;
  if (account === undefined) return [];
  const all = reader.list({ type: accountConnections.type, parent: account });
  return all.filter(({ writable }) => valueAt(writable, 'properties.isSharedToAll') === true);
}
