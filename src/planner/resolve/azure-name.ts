import { createHash } from 'node:crypto';
import type { EnvironmentScope, NameRule } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { isUuid, nameBasedUuid } from '../../model/uuid.ts';

const HASH_LENGTH = 4;

/** Text that stands for the resource group: lets a pattern give names that are unique in all of Azure. */
function groupHash(scope: EnvironmentScope): string {
  return createHash('sha256').update(scope.groupPath.toLowerCase()).digest('hex').slice(0, 8);
}

/** The Azure name of a resource: the environment's pattern filled in, then made to fit the type's rule. */
export function azureNameFor(
  { id, name }: { readonly id: ResourceId; readonly name: string },
  rule: NameRule,
  pattern: string,
  scope: EnvironmentScope,
): string {
  if (rule.fixed !== undefined) return rule.fixed;
  if (rule.style === 'uuid') return isUuid(name) ? name : nameBasedUuid(scope.groupPath, id);
  const filled = (rule.scope === 'parent' ? '{name}' : pattern)
    .replaceAll('{name}', name)
    .replaceAll('{environment}', scope.name)
    .replaceAll('{hash}', groupHash(scope));
  return shortened(styled(filled, rule.style), rule);
}

function styled(name: string, style: NameRule['style']): string {
  switch (style) {
    case 'alphanumeric':
      return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    case 'lower-kebab':
      return name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
    case 'kebab':
      return name.replaceAll(/[^A-Za-z0-9-]+/g, '-');
    case 'as-is':
    case 'uuid':
      return name;
  }
}

/** Cuts what is too long and appends a hash of the whole, so that two long names stay different. */
function shortened(name: string, rule: NameRule): string {
  if (name.length <= rule.maxLength) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  const glue = rule.style === 'alphanumeric' ? '' : '-';
  const head = name.slice(0, rule.maxLength - HASH_LENGTH - glue.length).replace(/-+$/, '');
  return `${head}${glue}${hash}`;
}
