/** Something that depends on something else. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Groups of names that depend on each other in a circle, each sorted; empty when there is none. */
export function findCycles(arrows: readonly Arrow[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of arrows) targets.set(from, [...(targets.get(from) ?? []), to]);
  const reach = new Map([...targets.keys()].map((name) => [name, reachable(name, targets)]));
  const groups = new Map<string, string[]>();
  for (const [name, seen] of reach) {
    if (!seen.has(name)) continue;
    const group = [...seen].filter((other) => reach.get(other)?.has(name)).toSorted();
    groups.set(group.join(' '), group);
  }
  return [...groups.values()];
}

/** Everything that can be reached from a name; the name itself only when a circle leads back to it. */
function reachable(start: string, targets: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...(targets.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(targets.get(next) ?? []));
  }
  return seen;
}
