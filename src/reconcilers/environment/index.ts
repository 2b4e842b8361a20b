import { textOf, member } from '../../model/json.ts';
import type { Reconciler } from '../../model/kind.ts';
import { compileArmKind, writeArm } from '../shared/arm-kind.ts';
import { appliedBaseOf, appliedFromTags, MARK_TAG, markFromTags, withoutApplied } from '../shared/marks.ts';
import { checkSubscription } from './preflight.ts';
import schema from './schema.json' with { type: 'json' };

const apiVersion = '2025-04-01';

const compiled = compileArmKind({
  kind: 'Environment',
  schema,
  type: 'Microsoft.Resources/resourceGroups',
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^.+$/, maxLength: 90, style: 'as-is' },
  ownership: 'tags',
});

/** The resource group of the environment, Microsoft.Resources/resourceGroups 2025-04-01. It is never deleted. */
export const environment: Reconciler = {
  ...compiled,
  azureType: compiled.type,
  ownership: 'tags',
  stateful: true,
  outputs: { id: 'Resource id of the resource group.', name: 'Name of the resource group.', location: 'Its region.' },
  parts: {},
  preflight: checkSubscription,
  // The rest of the spec is for ingate, not for Azure.
  canonical: (spec) => ({ location: member(spec, 'location') ?? null, tags: member(spec, 'tags') ?? {} }),
  locate: ({ environment: { groupPath } }) => ({ address: { path: groupPath, apiVersion }, collection: undefined }),
  identify: (item) => textOf(item, 'id'),
  observe(body, site) {
    const location = member(body, 'location') ?? null;
    return {
      spec: { location, tags: withoutApplied(member(body, 'tags')) },
      outputs: { id: site.environment.groupPath, name: site.environment.resourceGroup, location },
      mark: markFromTags(member(body, 'tags')),
    };
  },
  appliedMark: (body) => appliedFromTags(member(body, 'tags')),
  appliedBase: (body) => appliedBaseOf(member(body, 'tags')),
  markedResources: ({ environment: { groupPath, name } }) => ({
    path: `${groupPath}/resources`,
    apiVersion,
    query: { $filter: `tagName eq '${MARK_TAG}' and tagValue eq '${name}'` },
  }),
  markOf: (item) => markFromTags(member(item, 'tags')),
  write: (context, site, live, fields) =>
    writeArm(compiled, context, site, { path: site.environment.groupPath, live: live?.body, fields }),
  remove: () => Promise.reject(new Error('The resource group of an environment is never deleted')),
};
