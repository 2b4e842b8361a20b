import type { KindDefinition } from '../../model/kind.ts';
import type { Change, FieldChange, Risk } from '../../model/plan.ts';
import type { RiskId } from '../../model/risks.ts';

/** What a reviewer must see of a change before anything else. */
export function risksOf(change: Change, definition: KindDefinition): Risk[] {
  const fields = change.action === 'update' || change.action === 'replace' ? change.fields : [];
  return [
    ...destruction(change, definition),
    ...ofKind(change, definition.kind),
    ...FIELD_RULES.flatMap(({ id, level, applies, says }): Risk[] => {
      const found = fields.filter((field) => applies(field, definition.kind));
      return found.length === 0 ? [] : [risk(id, level, `${says} ${change.id}: ${labels(found)}`, found)];
    }),
  ];
}

function risk(id: RiskId, level: Risk['level'], message: string, fields: readonly FieldChange[] = []): Risk {
  return { id, level, message, fields: fields.map(({ field }) => field) };
}

function labels(fields: readonly FieldChange[]): string {
  return fields.map(({ label }) => label).join(', ');
}

function destruction(change: Change, { stateful }: KindDefinition): Risk[] {
  if (change.action !== 'delete' && change.action !== 'replace') return [];
  const verb = change.action === 'delete' ? 'deletes' : 'deletes and recreates';
  return stateful
    ? [risk('RISK002', 'high', `${verb} ${change.id} with the data in it`)]
    : [risk('RISK001', 'medium', `${verb} ${change.id}`)];
}

/** What a change of a kind means whatever its fields are. */
function ofKind(change: Change, kind: string): Risk[] {
  const { id, action } = change;
  if (kind === 'RoleAssignment' && (action === 'update' || action === 'replace'))
    return [risk('RISK003', 'high', `changes who may do what: ${id}`)];
  if (kind === 'RoleAssignment' && action === 'create') return [risk('RISK003', 'medium', `grants a role: ${id}`)];
  if (kind === 'GuardrailPolicy' && (action === 'update' || action === 'replace' || action === 'delete'))
    return [risk('RISK006', 'high', `changes the guardrail ${id}`)];
  if (kind === 'ModelDeployment' && action === 'delete') return [risk('RISK007', 'high', `retires the model of ${id}`)];
  return [];
}

interface FieldRule {
  readonly id: RiskId;
  readonly level: Risk['level'];
  readonly says: string;
  readonly applies: (field: FieldChange, kind: string) => boolean;
}

const CAPACITY = /(?:capacity|minReplicas|maxReplicas|replicaCount|partitionCount|throughput|maxThroughput|cpu)$/i;

const FIELD_RULES: readonly FieldRule[] = [
  {
    id: 'RISK004',
    level: 'high',
    says: 'opens to the public network:',
    applies: ({ field, after }) =>
      (/\/publicNetworkAccess$/i.test(field) && after !== undefined && after !== 'Disabled' && after !== false) ||
      (/\/defaultAction$/i.test(field) && after === 'Allow') ||
      (field.endsWith('/ingress/external') && after === true),
  },
  {
    id: 'RISK005',
    level: 'medium',
    says: 'cuts capacity of',
    applies: ({ field, before, after }) =>
      CAPACITY.test(field) && typeof before === 'number' && typeof after === 'number' && after < before,
  },
  {
    id: 'RISK006',
    level: 'high',
    says: 'changes the guardrail of',
    applies: ({ field }, kind) => kind === 'ModelDeployment' && field.startsWith('/raiPolicyName'),
  },
  {
    id: 'RISK007',
    level: 'medium',
    says: 'changes the model of',
    applies: ({ field }, kind) => kind === 'ModelDeployment' && /^\/model(?:\/|$)/.test(field),
  },
  {
    id: 'RISK008',
    level: 'medium',
    says: 'changes the prompt of',
    applies: ({ field }, kind) => kind === 'Agent' && /\/(?:instructions|workflow)$/.test(field),
  },
];
