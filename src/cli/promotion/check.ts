import { readPublicKey } from '../../evidence/dsse.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { pointer } from '../../model/json.ts';
import { isResourceId, kindOf, resourceId } from '../../model/resource-id.ts';
import { didYouMean } from '../../planner/load/suggest.ts';
import type { Validated } from '../../planner/index.ts';
import type { Promotion, Promotions } from '../../planner/promotion.ts';
import { registry } from '../../reconcilers/registry.ts';

import { notAdmitted, type Admission } from './admitted.ts';

/** What validation found in each environment, by name. */
export type Environments = ReadonlyMap<string, Pick<Validated, 'environment' | 'graph' | 'scope'>>;

/** What is wrong with policies, trust and pointers taken together. `environments` has all of the project. */
export function checkPromotions(
  all: Promotions,
  environments: Environments,
  place: Pick<Admission, 'files' | 'releases'>,
): Diagnostic[] {
  const groupOf = (name: string): string | undefined => environments.get(name)?.scope?.groupPath;
  return [
    ...all.diagnostics,
    ...checkKeys(all),
    ...all.promotions.flatMap((one) => [...checkStages(one, all, environments), ...checkResources(one, environments)]),
    ...checkPointers(environments, { ...place, all, groupOf }),
  ];
}

function checkKeys({ trust, trustAt }: Promotions): Diagnostic[] {
  const names = trust.keys.map(({ name }) => name);
  return trust.keys.flatMap(({ name, publicKey }, index) => {
    const at = trustAt?.(pointer('/keys', index, 'publicKey'));
    const wrong = readPublicKey(publicKey)
      ? []
      : [problem('ING8106', `The key ${name} is neither ed25519 nor P-256`, { at })];
    return names.indexOf(name) === index ? wrong : [...wrong, problem('ING8106', `Two keys are named ${name}`, { at })];
  });
}

function checkStages({ name, policy, positionOf }: Promotion, { trust }: Promotions, environments: Environments) {
  const found: Diagnostic[] = [];
  const names = policy.stages.map((one) => one.environment);
  const keys = new Set(trust.keys.map((one) => one.name));
  policy.stages.forEach(({ environment, from, require }, index) => {
    const tell = (message: string, field: string, hint?: string): void => {
      found.push(problem('ING8106', message, { at: positionOf(`/stages/${index}/${field}`), hint }));
    };
    const loaded = environments.get(environment);
    if (!loaded)
      tell(`There is no environment ${environment}`, 'environment', didYouMean(environment, [...environments.keys()]));
    if (names.indexOf(environment) !== index) tell(`${environment} is a stage twice`, 'environment');
    if (from.length > 0 && loaded?.environment && !loaded.environment.pointers.some((one) => one.name === name))
      tell(`${environment} has no ReleasePointer named ${name}, so no release can come there`, 'environment');
    for (const source of from)
      if (!names.slice(0, index).includes(source)) tell(`${source} is not a stage before ${environment}`, 'from');
    if (from.length === 0 && require.gates.length + require.approvals + require.soak > 0)
      tell(`Nothing comes to ${environment}, so what it requires would never be asked for`, 'require');
    for (const gate of require.gates)
      for (const source of from) {
        const graph = environments.get(source)?.graph;
        if (graph && graph.size > 0 && !graph.has(resourceId('EvaluationGate', gate)))
          tell(`${source} declares no gate ${gate}`, 'require/gates');
      }
    for (const key of require.signedBy)
      if (!keys.has(key)) tell(`releases/trust.yaml has no key ${key}`, 'require/signedBy');
  });
  if (!policy.stages.some(({ from }) => from.length === 0))
    found.push(problem('ING8106', 'No stage makes releases: all have `from`', { at: positionOf('/stages') }));
  return found;
}

function checkResources({ policy, positionOf }: Promotion, environments: Environments): Diagnostic[] {
  const carried = [...registry.values()].filter((one) => one.release).map((one) => one.kind);
  return policy.resources.flatMap((id, index) => {
    const at = positionOf(`/resources/${index}`);
    if (!isResourceId(id) || !carried.includes(kindOf(id)))
      return [
        problem('ING8103', `A release cannot carry ${id}`, {
          at,
          hint: `It can carry: ${carried.toSorted().join(', ')}.`,
        }),
      ];
    return policy.stages.flatMap(({ environment }) => {
      const graph = environments.get(environment)?.graph;
      if (!graph || graph.size === 0 || graph.has(id)) return [];
      return [problem('ING8106', `${environment} declares no ${id}`, { at })];
    });
  });
}

function checkPointers(environments: Environments, admission: Admission): Diagnostic[] {
  const { promotions, releases } = admission.all;
  return [...environments].flatMap(([name, { environment }]) =>
    (environment?.pointers ?? []).flatMap((one) => {
      const promotion = promotions.find((each) => each.name === one.name);
      const stage = promotion?.policy.stages.find((each) => each.environment === name && each.from.length > 0);
      if (!promotion || !stage)
        return [problem('ING8106', `${name} points to a release ${one.name}, and no policy has it among its stages`)];
      const release = releases.find((each) => each.name === one.name && each.id === one.id);
      return release ? notAdmitted(promotion, stage, release, admission) : [];
    }),
  );
}
