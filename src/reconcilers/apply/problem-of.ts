import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** What a failed change is reported as. */
export function problemOf(error: unknown, id: ResourceId): Diagnostic {
  if (error instanceof ProblemError) return { ...error.problem, resource: id };
  if (isAzureError(error)) return describeAzureError(error, id);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'AbortError')
    return problem('ING5003', `${id} was given up half-way`, { resource: id, hint: 'Apply again to carry on.' });
  return problem('ING5001', `${id}: ${message}`, { resource: id });
}
