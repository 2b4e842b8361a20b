import type { FieldChange } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { dotted } from './render/value.ts';

/**
 * Whether a name on the command line stands for a field: `Kind/name` for all of a resource, or `Kind/name/` with the label
 * that plans print (`sku.capacity`), a pointer (`sku/capacity`), or either of something that the field is part of.
 */
export function isNamed(id: ResourceId, { field, label }: Pick<FieldChange, 'field' | 'label'>, name: string): boolean {
  if (name === id) return true;
  if (!name.startsWith(`${id}/`)) return false;
  const wanted = name.slice(id.length + 1);
  const pointer = field.slice(1);
  return (
    [label, pointer, dotted(field)].includes(wanted) ||
    pointer.startsWith(`${wanted}/`) ||
    [label, dotted(field)].some((one) => one.startsWith(`${wanted}.`) || one.startsWith(`${wanted}[`))
  );
}
