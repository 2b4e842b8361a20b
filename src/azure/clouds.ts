import type { Cloud } from '../model/manifest.ts';

/** A kind of endpoint that may be sent a token, and for which audience that token is. */
export interface Audience {
  /** Host, or host suffix with its leading dot. */
  readonly host: string;
  readonly scope: string;
  /** The host has a token service of its own, which takes a token of this scope. */
  readonly registry?: true;
}

export interface CloudEndpoints {
  /** Base URL of the control plane, without a trailing slash. */
  readonly resourceManager: string;
  readonly authorityHost: string;
  /** What follows the name of a Key Vault in its host. */
  readonly vaultSuffix: string;
  /** What follows the name of a storage account in the host of its blobs. */
  readonly blobSuffix: string;
  /** A host with its port that takes uploads as well; that of an embedded Azure. */
  readonly uploadHost?: string;
  /** Every host that a token is ever sent to. */
  readonly audiences: readonly Audience[];
}

const publicCloud = cloud('https://management.azure.com', 'https://login.microsoftonline.com', [
  ['.services.ai.azure.com', 'https://ai.azure.com'],
  ['.cognitiveservices.azure.com', 'https://cognitiveservices.azure.com'],
  ['.openai.azure.com', 'https://cognitiveservices.azure.com'],
  ['.vault.azure.net', 'https://vault.azure.net'],
  ['.azurecr.io', 'https://containerregistry.azure.net'],
  ['.blob.core.windows.net', 'https://storage.azure.com'],
  ['.search.windows.net', 'https://search.azure.com'],
  ['.inference.ml.azure.com', 'https://ml.azure.com'],
  ['api.loganalytics.io', 'https://api.loganalytics.io'],
]);

const governmentCloud = cloud('https://management.usgovcloudapi.net', 'https://login.microsoftonline.us', [
  ['.services.ai.azure.us', 'https://ai.azure.us'],
  ['.cognitiveservices.azure.us', 'https://cognitiveservices.azure.us'],
  ['.openai.azure.us', 'https://cognitiveservices.azure.us'],
  ['.vault.usgovcloudapi.net', 'https://vault.usgovcloudapi.net'],
  ['.azurecr.us', 'https://containerregistry.azure.net'],
  ['.blob.core.usgovcloudapi.net', 'https://storage.azure.com'],
  ['.search.azure.us', 'https://search.azure.us'],
  ['api.loganalytics.us', 'https://api.loganalytics.us'],
]);

const chinaCloud = cloud('https://management.chinacloudapi.cn', 'https://login.chinacloudapi.cn', [
  ['.cognitiveservices.azure.cn', 'https://cognitiveservices.azure.cn'],
  ['.openai.azure.cn', 'https://cognitiveservices.azure.cn'],
  ['.vault.azure.cn', 'https://vault.azure.cn'],
  ['.azurecr.cn', 'https://containerregistry.azure.net'],
  ['.blob.core.chinacloudapi.cn', 'https://storage.azure.com'],
  ['.search.azure.cn', 'https://search.azure.cn'],
]);

const endpoints: Readonly<Record<Exclude<Cloud, 'local'>, CloudEndpoints>> = {
  public: publicCloud,
  usgovernment: governmentCloud,
  china: chinaCloud,
};

function cloud(
  resourceManager: string,
  authorityHost: string,
  hosts: readonly (readonly [string, string])[],
): CloudEndpoints {
  const management: Audience = { host: new URL(resourceManager).host, scope: `${resourceManager}/.default` };
  const dataPlanes = hosts.map(([host, audience]) => audienceAt(host, `${audience}/.default`));
  const vaultSuffix = hosts.find(([host]) => host.startsWith('.vault.'))?.[0] ?? '';
  const blobSuffix = hosts.find(([host]) => host.startsWith('.blob.'))?.[0] ?? '';
  return { resourceManager, authorityHost, vaultSuffix, blobSuffix, audiences: [management, ...dataPlanes] };
}

function audienceAt(host: string, scope: string): Audience {
  return { host, scope, ...(host.startsWith('.azurecr.') ? { registry: true as const } : {}) };
}

export function endpointsOf(name: Exclude<Cloud, 'local'>): CloudEndpoints {
  return endpoints[name];
}

/**
 * Where every embedded Azure is, as far as its URLs are concerned, whatever port it listens on: what it writes into bodies
 * must not differ from run to run. It is the port that `ingate local start` takes.
 */
const LOCAL_HOST = '127.0.0.1:4280';

/** Endpoints of an embedded Azure: one host for everything but Key Vaults, registries and blobs, which are told by their own. */
export const localEndpoints: CloudEndpoints = {
  resourceManager: `https://${LOCAL_HOST}`,
  authorityHost: `https://${LOCAL_HOST}`,
  vaultSuffix: '.vault.azure.net',
  blobSuffix: '.blob.core.windows.net',
  uploadHost: LOCAL_HOST,
  audiences: [LOCAL_HOST, '.vault.azure.net', '.azurecr.io', '.blob.core.windows.net', 'api.loganalytics.io'].map(
    (host) => audienceAt(host, 'local/.default'),
  ),
};

/**
 * True for a blob of a storage account of the cloud, over https on its own port: `ACCOUNT.blob.SUFFIX`, and in the public
 * cloud `ACCOUNT.zNN.blob.storage.azure.net` of accounts with a DNS zone of their own (Azure Storage, "Azure DNS zone endpoints").
 */
export function isBlobHost(url: URL | null, { blobSuffix, uploadHost }: CloudEndpoints): boolean {
  if (url?.protocol === 'https:' && url.host === uploadHost) return true;
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  const account = url.hostname.endsWith(blobSuffix) ? url.hostname.slice(0, -blobSuffix.length) : '';
  const isZoned = blobSuffix === ZONED_IN && /^[a-z0-9]{3,24}\.z\d{1,2}\.blob\.storage\.azure\.net$/.test(url.hostname);
  return isZoned || /^[a-z0-9]{3,24}(?:-secondary)?$/.test(account);
}

const ZONED_IN = '.blob.core.windows.net';

/** The audience of a URL; undefined for a host that must not be sent a token. */
export function audienceOf(url: URL, { audiences }: CloudEndpoints): Audience | undefined {
  if (url.protocol !== 'https:') return undefined;
  return audiences.find(({ host }) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.host === host));
}
