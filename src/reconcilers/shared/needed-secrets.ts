import { isWithin, walk, type JsonObject, type Pointer } from '../../model/json.ts';
import { isSecretReference } from '../../model/manifest.ts';
import type { FieldChange } from '../../model/plan.ts';
import type { CompiledArmKind } from './arm-kind.ts';

/**
 * Where a spec refers to secrets whose values an update needs. Tags change by themselves; a PATCH, and a PUT that keeps
 * what was given before, need those only that the planned changes touch; any other PUT needs all of them.
 */
export function neededSecrets(
  kind: Pick<CompiledArmKind, 'ownership' | 'update' | 'keepsSecrets'>,
  spec: JsonObject,
  fields: readonly FieldChange[],
): Pointer[] {
  const declared: Pointer[] = [];
  walk(spec, (value, path) => {
    if (isSecretReference(value)) declared.push(path);
    return !isSecretReference(value);
  });
  if (kind.ownership === 'tags' && fields.every(({ field }) => isWithin(field, '/tags'))) return [];
  if (kind.update !== 'patch' && kind.keepsSecrets !== true) return declared;
  return declared.filter((path) => fields.some(({ field }) => isWithin(path, field) || isWithin(field, itemOf(path))));
}

/** What a value is a member of. */
function itemOf(path: Pointer): Pointer {
  return path.slice(0, path.lastIndexOf('/')) as Pointer;
}
