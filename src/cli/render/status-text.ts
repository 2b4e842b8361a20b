import { nameOf } from '../../model/resource-id.ts';
import type {
  AgentStatus,
  AppStatus,
  EnvironmentStatus,
  GateStatus,
  JobStatus,
  MetricsStatus,
  RevisionStatus,
  Series,
} from '../status/document.ts';
import { count, styled, type Line, type Style } from '../text.ts';
import { ago } from './ago.ts';
import { fit, padded } from './fit.ts';
import { shortNumber, sparkline } from './sparkline.ts';

/** An environment at a glance, for a terminal of so many columns. Sections without anything to tell are left out. */
export function statusLines(status: EnvironmentStatus, columns: number): Line[] {
  const now = Date.parse(status.at);
  const lines: Line[] = [
    [styled('title', `Environment ${status.environment}`), `  ${status.resourceGroup}, ${status.location}`],
    appliedLine(status, now),
    ...section('Alerts firing', alertLines(status, now)),
    ...section('Agents', status.agents.map(agentLine)),
    ...section(
      'Container apps',
      status.apps.flatMap((app) => appLines(app, now)),
    ),
    ...section(
      'Gates',
      status.gates.map((gate) => gateLine(gate, now)),
    ),
    ...section(
      'Jobs',
      status.jobs.map((job) => jobLine(job, now)),
    ),
    ...section(
      'Last 24 hours',
      status.metrics.flatMap((each) => metricLines(each, columns)),
    ),
    ...section('Missing', status.missing.map(missingLine)),
  ];
  return lines.map((line) => fit(line, columns));
}

function section(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [[], [styled('title', title)], ...lines];
}

function appliedLine({ applied }: EnvironmentStatus, now: number): Line {
  if (!applied) return [applied === null ? 'Applied: not known' : 'Applied: nothing from a clean commit yet'];
  const when = applied.time === undefined ? 'elsewhere, so when is not known here' : ago(applied.time, now);
  const by = applied.by === undefined ? '' : ` by ${applied.by}`;
  return [`Applied: commit ${applied.commit.slice(0, 10)}, ${when}${by}, ingate ${applied.version}`];
}

function alertLines({ alerts }: EnvironmentStatus, now: number): Line[] {
  if (alerts === null) return [[styled('warning', '  not known')]];
  return alerts.map((alert) => [
    '  ',
    styled(alert.severity <= 1 ? 'error' : 'warning', `Sev${alert.severity}`),
    `  ${padded(alert.rule, 24)}  ${alert.target}, fired ${ago(alert.since, now)}`,
    alert.state === 'Acknowledged' ? ', acknowledged' : '',
    ...(alert.description === undefined ? [] : [styled('dim', `  ${alert.description}`)]),
  ]);
}

function agentLine(agent: AgentStatus): Line {
  const serving = agent.traffic.map(({ version, percent }) => `version ${version} ${percent} %`).join(', ');
  const latest = agent.traffic.some(({ version }) => version === agent.latest) ? '' : `, latest ${agent.latest}`;
  const odd = [agent.state, agent.latestStatus].filter(
    (text) => text !== undefined && !/^(enabled|active)$/.test(text),
  );
  return [
    '  ',
    styled('strong', padded(nameOf(agent.id), 24)),
    `  ${serving}${latest}`,
    ...odd.map((text) => styled('warning', `  ${text ?? ''}`)),
  ];
}

function appLines(app: AppStatus, now: number): Line[] {
  const { rollout, aborted } = app;
  const since = rollout?.since === undefined ? '' : `, entered ${ago(rollout.since, now)}`;
  const revisions = app.revisions ?? [];
  return [
    [
      '  ',
      styled('strong', padded(nameOf(app.id), 24)),
      '  ',
      styled(app.state === 'Running' ? 'add' : 'warning', app.state ?? 'state not told'),
      app.inactive === 0 ? '' : `, ${count(app.inactive, 'inactive revision')}`,
    ],
    ...(rollout
      ? [['    ', styled('change', `rollout of ${rollout.candidate}: step ${rollout.step}${since}`)] as Line]
      : []),
    ...(aborted.length > 0 ? [['    ', styled('error', `given up: ${aborted.join(', ')}`)] as Line] : []),
    ...(app.revisions === null ? [['    ', styled('warning', 'revisions not known')] as Line] : []),
    ...revisions.map(revisionLine),
  ];
}

const HEALTH: Readonly<Record<string, Style>> = { Healthy: 'add', Unhealthy: 'error' };

function revisionLine(revision: RevisionStatus): Line {
  const { health = 'None', state, replicas, labels, active, error } = revision;
  return [
    `    ${`${revision.percent} %`.padStart(5)}  `,
    styled(HEALTH[health] ?? 'warning', padded(health, 9)),
    `  ${padded(revision.name, 30)}`,
    state === undefined ? '' : `  ${state}`,
    replicas === undefined ? '' : `, ${count(replicas, 'replica')}`,
    active ? '' : ', inactive',
    ...(labels.length > 0 ? [styled('change', `  ${labels.join(', ')}`)] : []),
    ...(error === undefined ? [] : [styled('error', `  ${error}`)]),
  ];
}

const VERDICT: Readonly<Record<string, Style>> = { pass: 'add', fail: 'error', inconclusive: 'warning' };

function gateLine({ id, last, due }: GateStatus, now: number): Line {
  return [
    '  ',
    styled('strong', padded(nameOf(id), 24)),
    '  ',
    ...(last
      ? [
          styled(VERDICT[last.verdict] ?? 'warning', last.verdict),
          `  ${ago(last.at, now)}, ${last.items} items, ${last.about}`,
        ]
      : ['never evaluated']),
    ...(due === undefined ? [] : [styled('dim', `  due: ${due}`)]),
  ];
}

function jobLine({ id, trigger, schedule, last }: JobStatus, now: number): Line {
  const failed = last?.status === 'Failed' || last?.status === 'Degraded';
  return [
    '  ',
    styled('strong', padded(nameOf(id), 24)),
    `  ${trigger}${schedule === undefined ? '' : ` ${schedule}`}  `,
    ...(last === null ? [styled('warning', 'executions not known')] : []),
    ...(last === undefined ? ['never ran'] : []),
    ...(last ? [styled(failed ? 'error' : 'add', last.status), `  ${ago(last.started, now)}, ${last.name}`] : []),
  ];
}

/** Below this width the line of a metric has no room for its hours. */
const ROOM_FOR_HOURS = 60;

function metricLines(
  { id, requests, errors, latency, inputTokens, outputTokens }: MetricsStatus,
  columns: number,
): Line[] {
  const share = requests.value && errors.value ? ` (${shortNumber((errors.value / requests.value) * 100)} %)` : '';
  const number = ({ value }: Series, unit = ''): string =>
    value === null ? 'nothing measured' : shortNumber(value) + unit;
  const row = (name: string, series: Series, text: string, style?: Style): Line => [
    `    ${padded(name, 14)}`,
    ...(columns < ROOM_FOR_HOURS ? [] : [sparkline(series.points), '  ']),
    style ? styled(style, text) : text,
  ];
  const told = [requests, latency, ...(inputTokens ? [inputTokens] : []), ...(outputTokens ? [outputTokens] : [])];
  if (told.every(({ value }) => value === null || value === 0))
    return [['  ', styled('strong', padded(nameOf(id), 24)), '  nothing measured']];
  return [
    ['  ', styled('strong', nameOf(id))],
    row('requests', requests, number(requests)),
    row('errors', errors, `${number(errors)}${share}`, errors.value ? 'error' : undefined),
    row('latency', latency, number(latency, ' ms')),
    ...(inputTokens ? [row('tokens in', inputTokens, number(inputTokens))] : []),
    ...(outputTokens ? [row('tokens out', outputTokens, number(outputTokens))] : []),
  ];
}

function missingLine({ id, why }: EnvironmentStatus['missing'][number]): Line {
  return ['  ', styled('strong', id), why === 'absent' ? '  not in Azure' : '  not found, perhaps only not read'];
}
