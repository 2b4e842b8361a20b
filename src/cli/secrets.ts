import { isTooShort, tooShort } from '../azure/secrets.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph } from '../model/graph.ts';
import { isArray, isObject, type Json } from '../model/json.ts';
import { isSecretReference, type SecretReference } from '../model/manifest.ts';
import type { KnownSecrets } from '../model/known-secrets.ts';
import type { Plan } from '../model/plan.ts';
import type { Io } from './io.ts';

/** Variables that the changes of a plan need and that are not set, or too short: told before the first write, all at once. */
export function unsetSecrets(plan: Plan, graph: Graph, env: Io['env']): Diagnostic[] {
  return plan.changes.flatMap(({ id, action }) => {
    const node = action === 'keep' || action === 'delete' ? undefined : graph.get(id);
    return secretsIn(node?.spec ?? {}).flatMap(({ secret }): Diagnostic[] => {
      if (!('env' in secret)) return [];
      const value = env[secret.env] ?? '';
      const hint = 'Set it for this process; in a pipeline, from its secrets.';
      if (value === '')
        return [problem('ING5005', `The environment variable ${secret.env} is not set`, { resource: id, hint })];
      return isTooShort(value) ? [{ ...tooShort(`The environment variable ${secret.env}`), resource: id }] : [];
    });
  });
}

/** Remembers the secrets that the process holds for an environment, whether a command is going to use them or not. */
export function rememberSecrets(secrets: KnownSecrets | undefined, graph: Graph, env: Io['env']): void {
  for (const node of graph.values())
    for (const { secret } of secretsIn(node.spec)) if ('env' in secret) secrets?.add(env[secret.env] ?? '');
}

function secretsIn(value: Json): SecretReference[] {
  if (isSecretReference(value)) return [value];
  if (isArray(value)) return value.flatMap(secretsIn);
  return isObject(value) ? Object.values(value).flatMap(secretsIn) : [];
}
