import { isTooShort, tooShort } from '../azure/secrets.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph, Node } from '../model/graph.ts';
import { isArray, isObject, valueAt, type Json } from '../model/json.ts';
import { isSecretReference, type SecretReference } from '../model/manifest.ts';
import type { KnownSecrets } from '../model/known-secrets.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { nameHint } from '../planner/load/suggest.ts';
import type { Io } from './io.ts';

/** Variables that the changes of a plan need and that are not set, or too short: told before the first write, all at once. */
export function unsetSecrets(plan: Plan, graph: Graph, env: Io['env']): Diagnostic[] {
  return plan.changes.flatMap((change) =>
    neededBy(change, graph.get(change.id)).flatMap(({ secret }): Diagnostic[] => {
      if (!('env' in secret)) return [];
      const resource = change.id;
      const value = env[secret.env] ?? '';
      const hint = 'Set it for this process; in a pipeline, from its secrets.';
      if (value === '')
        return [problem('ING5005', `The environment variable ${secret.env} is not set`, { resource, hint })];
      return isTooShort(value) ? [{ ...tooShort(`The environment variable ${secret.env}`), resource }] : [];
    }),
  );
}

/** Remembers the secrets that the process holds for an environment, whether a command is going to use them or not. */
export function rememberSecrets(secrets: KnownSecrets | undefined, graph: Graph, env: Io['env']): void {
  for (const node of graph.values())
    for (const { secret } of secretsIn(node.spec)) if ('env' in secret) secrets?.add(env[secret.env] ?? '');
}

/** What is referred to by a change that writes; an update says which values it needs. */
function neededBy(change: Change, node: Node | undefined): SecretReference[] {
  if (!node || change.action === 'keep' || change.action === 'delete') return [];
  const { spec, definition } = node;
  const needed = change.action === 'update' ? definition.neededSecrets?.(spec, change.fields) : undefined;
  return needed ? needed.flatMap((path) => secretsIn(valueAt(spec, path) ?? null)) : secretsIn(spec);
}

function secretsIn(value: Json): SecretReference[] {
  if (isSecretReference(value)) return [value];
  if (isArray(value)) return value.flatMap(secretsIn);
  return isObject(value) ? Object.values(value).flatMap(secretsIn) : [];
}

/** The resources whose secrets are to be written again, or why that cannot be done. */
export function rotated(
  wanted: readonly string[],
  graph: Graph,
): { readonly ids: ReadonlySet<ResourceId> } | { readonly problems: readonly Diagnostic[] } {
  const holders = [...graph.values()].filter(({ spec }) => secretsIn(spec).length > 0).map(({ id }) => id);
  const problems = wanted
    .filter((one) => !holders.some((id) => id === one))
    .map((one) =>
      problem('ING3025', `${one} has no secret to write again`, {
        hint: nameHint(one, holders, 'resources with secrets'),
      }),
    );
  return problems.length > 0 ? { problems } : { ids: new Set(holders.filter((id) => wanted.includes(id))) };
}
