import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { ownershipOf, type Graph } from '../model/graph.ts';
import { textOf } from '../model/json.ts';
import type { EnvironmentScope } from '../model/kind.ts';
import type { Protection } from '../model/manifest.ts';
import type { Change } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { wasOurs, type BaseResource } from './base.ts';
import type { LiveState } from './read-live.ts';

/** Below this many managed resources a percentage says nothing. */
const PERCENT_COUNTS_FROM = 10;

export interface SafetyRequest {
  readonly changes: readonly Change[];
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly state: LiveState;
  readonly protection: Protection;
  /** Resources as they were applied last, where that is known. */
  readonly base: ReadonlyMap<ResourceId, BaseResource> | undefined;
}

/** Why a plan must not be applied: ownership, protection of single resources, and the blast radius as a whole. */
export function checkSafety(request: SafetyRequest): Diagnostic[] {
  return [
    ...request.changes.flatMap((change) => [...ownership(change, request), ...destruction(change, request)]),
    ...blastRadius(request),
  ];
}

function destroys(change: Change): boolean {
  return change.action === 'delete' || change.action === 'replace';
}

/** A live resource without our mark, or with somebody else's, is not touched. */
function ownership(change: Change, { graph, scope, state, base }: SafetyRequest): Diagnostic[] {
  const node = graph.get(change.id);
  const live = state.live.get(change.id);
  if (!node || !live || ownershipOf(node) === 'none') return [];
  const at = node.positionOf('');
  const { mark } = live;
  if (mark && mark.environment !== scope.name) {
    const message = `${live.address.path} belongs to the environment "${mark.environment}"`;
    return [
      problem('ING3005', message, {
        resource: change.id,
        at,
        hint: 'Choose another name; a resource belongs to one environment only.',
      }),
    ];
  }
  if (mark && mark.id !== change.id && graph.has(mark.id)) {
    const message = `${live.address.path} belongs to ${mark.id}, which is declared as well`;
    return [problem('ING3005', message, { resource: change.id, at })];
  }
  if (mark || node.lifecycle.adopt || wasOurs(base?.get(change.id), live)) return [];
  const message = `${live.address.path} exists and is not managed by this environment`;
  return [
    problem('ING3004', message, {
      resource: change.id,
      at,
      hint: 'Choose another name, or take it over with lifecycle: {adopt: true}.',
    }),
  ];
}

function destruction(change: Change, { graph, state, scope }: SafetyRequest): Diagnostic[] {
  if (!destroys(change)) return [];
  if (change.id === `Environment/${scope.name}`) return [groupReplaced(change, graph, state, scope)];
  const node = graph.get(change.id);
  const stray = state.strays.find((one) => one.id === change.id);
  const isProtected = change.action === 'replace' ? node?.lifecycle.preventDestroy : stray?.protected;
  if (!isProtected) return [];
  const cause = change.action === 'replace' ? ` because of ${change.forcedBy.join(', ')}` : '';
  const verb = change.action === 'replace' ? 'replaced' : 'deleted';
  return [
    problem('ING3001', `${change.id} would be ${verb}${cause}, but it is protected`, {
      resource: change.id,
      at: node?.positionOf(''),
      hint: 'Lift lifecycle.preventDestroy in a change of its own, apply it, then make this change.',
    }),
  ];
}

/** Whatever is declared goes down with its resource group, so that is never done. */
function groupReplaced(
  change: Change,
  graph: Graph,
  state: SafetyRequest['state'],
  { resourceGroup, location }: EnvironmentScope,
): Diagnostic {
  const live = textOf(state.live.get(change.id)?.spec, 'location');
  return problem('ING3023', `The resource group ${resourceGroup} is in ${live} and cannot move to ${location}`, {
    resource: change.id,
    at: graph.get(change.id)?.positionOf('/location'),
    hint: `Everything in it would be deleted. Restore location: ${live}, or declare another resourceGroup.`,
  });
}

function blastRadius({ changes, graph, scope, state, protection }: SafetyRequest): Diagnostic[] {
  const destroyed = changes.filter(destroys);
  if (destroyed.length === 0) return [];
  const at = graph.get(`Environment/${scope.name}`)?.positionOf('/protection');
  const list = shortList(destroyed.map((change) => change.id));
  if (!protection.allowDeletes) {
    return [problem('ING3002', `The environment does not allow plans that destroy: ${list}`, { at })];
  }
  const managed = state.live.size + state.strays.length;
  const percent = Math.round((100 * destroyed.length) / managed);
  const found: Diagnostic[] = [];
  if (destroyed.length > protection.maxDeletes) {
    found.push(
      problem(
        'ING3003',
        `The plan would destroy ${destroyed.length} resources; protection.maxDeletes is ${protection.maxDeletes}: ${list}`,
        { at },
      ),
    );
  }
  if (managed >= PERCENT_COUNTS_FROM && percent > protection.maxDeletePercent) {
    const message = `The plan would destroy ${percent} % of ${managed} resources; protection.maxDeletePercent is ${protection.maxDeletePercent}`;
    found.push(problem('ING3003', message, { at }));
  }
  if (graph.size <= 1 && destroyed.length > 0) {
    found.push(
      problem('ING3003', 'The environment declares nothing any more; an emptied or renamed folder looks like that', {
        at,
      }),
    );
  }
  return found;
}

function shortList(ids: readonly ResourceId[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown;
}
