import { isArray, isObject, member, textOf, type Json, type JsonObject } from '../../model/json.ts';

/** Firewall rules as manifests write them. */
export interface NetworkRules {
  readonly defaultAction: string;
  readonly ipRules?: readonly string[];
  readonly subnets?: readonly string[];
}

/** What identifies the rules of `networkAcls`. */
export const NETWORK_ITEMS = {
  '/properties/networkAcls/ipRules': ['/value'],
  '/properties/networkAcls/virtualNetworkRules': ['/id'],
} as const;

/** `networkAcls` of storage and Foundry accounts: rules are objects there. `extra` is what only one of the two has. */
export function networkAcls(rules: NetworkRules, extra: JsonObject): JsonObject {
  return {
    defaultAction: rules.defaultAction,
    ...extra,
    ipRules: (rules.ipRules ?? []).map((value) => ({ value })),
    virtualNetworkRules: (rules.subnets ?? []).map((id) => ({ id })),
  };
}

/** The rules of a live `networkAcls`; undefined when there is none. */
export function networkRulesOf(acls: Json | undefined): JsonObject | undefined {
  if (!isObject(acls)) return undefined;
  return {
    defaultAction: textOf(acls, 'defaultAction') || 'Allow',
    ipRules: valuesOf(member(acls, 'ipRules'), 'value'),
    subnets: valuesOf(member(acls, 'virtualNetworkRules'), 'id'),
  };
}

function valuesOf(rules: Json | undefined, key: string): Json[] {
  return isArray(rules) ? rules.flatMap((rule) => member(rule, key) ?? []) : [];
}
