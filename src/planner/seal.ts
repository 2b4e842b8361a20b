import { canonicalJson, type Json } from '../model/json.ts';
import type { EnvironmentScope } from '../model/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Change, Head, Leftover, Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { sha256 } from '../model/fingerprint.ts';
import type { LiveState } from './read-live.ts';

export interface SealRequest {
  readonly scope: EnvironmentScope;
  readonly tool: string;
  readonly head: Head;
  readonly base: string | null;
  readonly baseMissing: string | null;
  readonly prune: boolean;
  readonly allowOlder?: true;
  readonly rotate: readonly ResourceId[];
  readonly changes: readonly Change[];
  readonly state: LiveState;
  readonly refusals: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** Binds changes to everything they were made from. The digest covers all of it, so an edited plan is noticed. */
export function sealPlan({
  scope,
  tool,
  head,
  base,
  baseMissing,
  prune,
  allowOlder,
  rotate,
  changes,
  state,
  refusals,
  warnings,
}: SealRequest): Plan {
  const { name, cloud, subscriptionId, resourceGroup, location } = scope;
  const leftovers: Leftover[] = prune ? [] : state.strays.map(({ id, address }) => ({ id, address: address.path }));
  const fingerprints = [...state.live, ...state.strays.map((stray) => [stray.id, stray.live] as const)];
  const basedOn = Object.fromEntries(changes.map(({ id }) => [id, null as string | null]));
  for (const [id, live] of fingerprints) if (Object.hasOwn(basedOn, id)) basedOn[id] = live?.fingerprint ?? null;
  const unsealed = {
    format: 1 as const,
    tool,
    environment: { name, cloud, subscriptionId, resourceGroup, location },
    head,
    base,
    baseMissing,
    prune,
    ...(allowOlder ? { allowOlder } : {}),
    ...(rotate.length === 0 ? {} : { rotate }),
    changes,
    leftovers,
    basedOn,
    refusals,
    warnings,
  };
  return { ...unsealed, digest: digestOf(unsealed) };
}

/** The digest of a plan, computed anew from everything else in it. */
export function digestOf(plan: Omit<Plan, 'digest'> & { readonly digest?: string }): string {
  const { digest: _, warnings: __, head, ...rest } = plan;
  // Git's words for a missing commit name folders of the machine.
  const { missing: ___, ...sealedHead } = head;
  const covered = { ...rest, head: sealedHead };
  // A round trip through JSON drops what JSON does not hold, so a plan that was saved has the digest it had before.
  return sha256(canonicalJson(JSON.parse(JSON.stringify(covered)) as Json));
}
