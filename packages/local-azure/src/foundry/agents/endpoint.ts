import {
  arrayAt,
  isObject,
  member,
  mergePatch,
  objectAt,
  textAt,
  valueAt,
  type JsonObject,
} from '../../engine/json.ts';
import { requireShape } from '../shared/body.ts';
import { invalid } from '../shared/foundry-error.ts';
import { PATCH_AGENT } from './shape.ts';
import type { Agent, AgentVersion } from './store.ts';

/** An agent with a merge patch of its endpoint or card applied, or with what its creation said about them. */
export function patchEndpoint(agent: Agent, patch: JsonObject, versions: readonly AgentVersion[]): Agent {
  const before = { agent_endpoint: agent.endpoint, ...(agent.card ? { agent_card: agent.card } : {}) };
  const merged = mergePatch(before, patch);
  const wanted = requireShape(PATCH_AGENT, isObject(merged) ? merged : {});
  requireRules(objectAt(wanted, 'agent_endpoint'), versions);
  const card = member(wanted, 'agent_card');
  return { ...agent, endpoint: objectAt(wanted, 'agent_endpoint'), card: isObject(card) ? card : undefined };
}

const RULES = 'version_selector.version_selection_rules';

/** Shares name versions that exist, each once, and sum to 100. */
function requireRules(endpoint: JsonObject, versions: readonly AgentVersion[]): void {
  if (valueAt(endpoint, 'version_selector') === undefined) return;
  const rules = arrayAt(endpoint, RULES);
  const names = rules.map((rule) => textAt(rule, 'agent_version') ?? '');
  const unknown = names.find((name) => !versions.some(({ version, draft }) => version === name && !draft));
  if (unknown !== undefined) throw invalid(`Version '${unknown}' does not exist`, `agent_endpoint.${RULES}`);
  if (new Set(names).size !== names.length) throw invalid('A version is named by two rules', `agent_endpoint.${RULES}`);
  const sum = rules.reduce<number>((total, rule) => total + Number(valueAt(rule, 'traffic_percentage') ?? 0), 0);
  if (sum !== 100) throw invalid(`The traffic percentages sum to ${sum} instead of 100`, `agent_endpoint.${RULES}`);
}

/** True when the endpoint sends any share of the traffic to a version. */
export function isRouted({ endpoint }: Agent, version: string): boolean {
  return arrayAt(endpoint, RULES).some((rule) => textAt(rule, 'agent_version') === version);
}
