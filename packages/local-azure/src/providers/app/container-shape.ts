const env = [{ 'name!': 'string', value: 'string', secretRef: 'string' }] as const;
const resources = { cpu: 'number', memory: 'string', gpu: 'number', ephemeralStorage: 'readonly' };
const mounts = [{ volumeName: 'string', mountPath: 'string', subPath: 'string' }] as const;
const container = {
  'name!': 'string',
  'image!': 'string',
  imageType: 'string',
  command: ['string'],
  args: ['string'],
  env,
  resources,
  volumeMounts: mounts,
} as const;

const probe = {
  type: 'Liveness|Readiness|Startup',
  failureThreshold: 'integer',
  httpGet: {
    host: 'string',
    httpHeaders: [{ 'name!': 'string', 'value!': 'string' }],
    path: 'string',
    'port!': 'integer',
    scheme: 'HTTP|HTTPS',
  },
  initialDelaySeconds: 'integer',
  periodSeconds: 'integer',
  successThreshold: 'integer',
  tcpSocket: { host: 'string', 'port!': 'integer' },
  terminationGracePeriodSeconds: 'integer',
  timeoutSeconds: 'integer',
} as const;

/** Containers, init containers and volumes, as container apps and jobs share them. */
export const CONTAINERS_SHAPE = {
  containers: [{ ...container, probes: [probe] }],
  initContainers: [container],
  volumes: [
    {
      name: 'string',
      storageType: 'AzureFile|EmptyDir|Secret|NfsAzureFile|*',
      storageName: 'string',
      secrets: [{ secretRef: 'string', path: 'string' }],
      mountOptions: 'string',
    },
  ],
} as const;

const auth = [{ secretRef: 'string', triggerParameter: 'string' }] as const;
const byMetadata = { metadata: { '*': 'string' }, auth, identity: 'string' } as const;

/** How an app scales; the rule kinds of jobs are the same. */
export const SCALE_RULES_SHAPE = [
  {
    name: 'string',
    azureQueue: { accountName: 'string', queueName: 'string', queueLength: 'integer', auth, identity: 'string' },
    custom: { type: 'string', ...byMetadata },
    http: byMetadata,
    tcp: byMetadata,
  },
] as const;

export const REGISTRIES_SHAPE = [
  { server: 'string', username: 'string', passwordSecretRef: 'string', identity: 'string' },
] as const;

/** A secret has a value, which is never returned, or points into a key vault. */
export const SECRETS_SHAPE = [
  { 'name!': 'string', value: 'secret', identity: 'string', keyVaultUrl: 'string' },
] as const;

export const IDENTITY_SETTINGS_SHAPE = [{ 'identity!': 'string', lifecycle: 'None|Main|Init|All' }] as const;
