import { mergePatch, textAt, type JsonObject, type Pointer } from '../../model/json.ts';
import type { Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { armKind } from '../shared/arm-kind.ts';
import { writable } from '../shared/arm-body.ts';
import schema from './schema.json' with { type: 'json' };
import type { BatchDeploymentSpec } from './spec.ts';

const apiVersion = '2026-05-01';

type DeploymentSite = Site<BatchDeploymentSpec>;

const deployment = armKind<BatchDeploymentSpec>({
  kind: 'BatchDeployment',
  schema,
  type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments',
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/, maxLength: 32, style: 'as-is' },
  oneAtATime: 'batchEndpoints',
  toArm: (body) => mergePatch(body, { properties: { model: { referenceType: 'Id' } } }) as JsonObject,
  fromArm: (spec, _, site) => ({ ...spec, default: isDefault(site) }),
});

/**
 * Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments@2026-05-01. The endpoint may only name a
 * deployment that exists, so the deployment makes itself the default after it was written.
 */
export const batchDeployment: Reconciler = {
  ...deployment,
  async write(context, site, live, fields) {
    const body = await deployment.write(context, site, live, fields);
    const { address } = deployment.locate(site);
    if (address) await setDefault(context, address.path, (site.spec as BatchDeploymentSpec).default === true);
    return body;
  },
  async remove(context, live) {
    await setDefault(context, live.address.path, false);
    await deployment.remove(context, live);
  },
};

function isDefault(site: DeploymentSite): boolean {
  const name = site.outputOf(resourceId('BatchEndpoint', site.spec.endpoint), 'defaultDeployment');
  return typeof name === 'string' && name.toLowerCase() === site.azureName.toLowerCase();
}

const ENDPOINT_READ_ONLY: readonly Pointer[] = ['/properties/scoringUri', '/properties/swaggerUri'];

/**
 * Sends the endpoint back with another default, because a PATCH of it takes tags and identity only. Asks before: another
 * deployment may have become the default in the meantime.
 */
async function setDefault({ azure, signal, report }: WriteContext, path: string, wanted: boolean): Promise<void> {
  const end = path.lastIndexOf('/deployments/');
  const name = path.slice(end + '/deployments/'.length);
  const endpoint = { path: path.slice(0, end), apiVersion };
  const live = await azure.get(endpoint);
  const now = textAt(live ?? {}, '/properties/defaults/deploymentName');
  if (!live || wanted === (now.toLowerCase() === name.toLowerCase())) return;
  report(wanted ? 'becoming the default of the endpoint' : 'no longer the default of the endpoint');
  const defaults = wanted ? { deploymentName: name } : null;
  const body = mergePatch(writable(live, ENDPOINT_READ_ONLY), { properties: { defaults } }) as JsonObject;
  await azure.put(endpoint, body, { signal });
}
