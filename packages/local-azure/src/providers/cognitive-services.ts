import { optionalBody } from '../arm/body.ts';
import type { Provider } from '../arm/contract.ts';
import { sameText, textAt } from '../engine/json.ts';
import { json } from '../http/reply.ts';
import { accountDomain, accounts } from './cognitive-services/accounts.ts';
import { accountCapabilityHosts, projectCapabilityHosts } from './cognitive-services/capability-hosts.ts';
import { catalogueTypes } from './cognitive-services/catalogue.ts';
import { accountConnections, projectConnections } from './cognitive-services/connections.ts';
import { deletedAccount, deletedAccounts } from './cognitive-services/deleted-accounts.ts';
import { deployments } from './cognitive-services/deployments.ts';
import { projects } from './cognitive-services/projects.ts';
import { raiPolicies } from './cognitive-services/rai-policies.ts';

/** The control plane of Foundry. */
export const cognitiveServices: Provider = {
  namespace: 'Microsoft.CognitiveServices',
  types: [
    accounts,
    projects,
    deployments,
    accountConnections,
    projectConnections,
    raiPolicies,
    accountCapabilityHosts,
    projectCapabilityHosts,
    deletedAccounts,
    deletedAccount,
    ...catalogueTypes,
  ],
  actions: {
    checkDomainAvailability: (call) => {
      const wanted = textAt(optionalBody(call), 'subdomainName') ?? '';
      const taken = call.engine.resources
        .list({ type: accounts.type })
        .some((account) => sameText(accountDomain(account), wanted));
      return json(200, {
        isSubdomainAvailable: !taken,
        subdomainName: wanted,
        type: 'Microsoft.CognitiveServices/accounts',
      });
    },
  },
};
