import { isAzureError, type Azure } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import { member, textOf, type Json } from '../../model/json.ts';
import type { EnvironmentScope, ReconcilerCatalog } from '../../model/kind.ts';
import type { Plan } from '../../model/plan.ts';

/**
 * Names that are unique in all of Azure and that somebody else has: asked right before the first write, all at once.
 * Azure only answers this question to a POST, so a plan, which cannot send one, does not ask it.
 */
export async function takenNames(
  plan: Plan,
  graph: Graph,
  { subscriptionId }: EnvironmentScope,
  reconcilers: ReconcilerCatalog,
  azure: Azure,
): Promise<Diagnostic[]> {
  const asked = plan.changes.flatMap((change) => {
    const node = change.action === 'create' ? graph.get(change.id) : undefined;
    const check = node && reconcilers.get(node.definition.kind)?.nameCheck;
    // A deleted resource of our own may hold the name; it is going to be restored or purged.
    const held = node && ['restore', 'purge'].includes(textOf(node.spec, 'onSoftDeleted'));
    return node && check && !held ? [{ node, check }] : [];
  });
  const answers = asked.map(async ({ node, check }): Promise<Diagnostic[]> => {
    const path = `/subscriptions/${subscriptionId}/providers/${check.path}`;
    try {
      const { body } = await azure.post({ path, apiVersion: check.apiVersion }, check.body(node.azureName), {
        repeatable: true,
      });
      if (isFree(body)) return [];
      const reason = textOf(body, 'message') || textOf(body, 'reason');
      const at = node.positionOf('');
      return [
        problem('ING3014', `The name ${node.azureName} is not available: ${reason}`, {
          resource: node.id,
          at,
          hint: 'Set spec.azureName, or put {hash} into the naming pattern of the environment.',
        }),
      ];
    } catch (error) {
      // Who may not ask is told by the write itself.
      if (isAzureError(error)) return [];
      throw error;
    }
  });
  return (await Promise.all(answers)).flat();
}

/** Each provider has its own name for the same answer. */
function isFree(body: Json | undefined): boolean {
  return ['nameAvailable', 'available', 'isNameAvailable', 'isSubdomainAvailable'].every(
    (name) => member(body, name) !== false,
  );
}
