import type { Engine } from '../../arm/contract.ts';
import { sameText } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { deployments } from '../../providers/cognitive-services/deployments.ts';
import { FoundryError } from '../shared/foundry-error.ts';

/** The model deployment of the account. 404 `DeploymentNotFound` when there is none. */
export function requireDeployment(engine: Engine, account: StoredResource, name: string): StoredResource {
  const found = engine.resources
    .list({ type: deployments.type, parent: account.id })
    .find((deployment) => sameText(deployment.name, name));
  if (found) return found;
  const message =
    'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.';
  throw new FoundryError(404, 'DeploymentNotFound', message);
}
