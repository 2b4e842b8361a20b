import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { CloudEndpoints } from './clouds.ts';

/**
 * The identity of the process, in DefaultAzureCredential's order: environment and federated token (pipelines), managed
 * identity, then the sessions of az, azd and PowerShell. `@azure/identity` is loaded here and nowhere else.
 */
export async function processCredential(
  endpoints: CloudEndpoints,
  tenantId: string | undefined,
  httpClient: HttpClient,
): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential({
    authorityHost: endpoints.authorityHost,
    httpClient,
    ...(tenantId === undefined ? {} : { tenantId }),
  });
}

/** The embedded Azure takes any token. */
export const localCredential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'embedded-azure', expiresOnTimestamp: Date.now() + 86_400_000 }),
};
