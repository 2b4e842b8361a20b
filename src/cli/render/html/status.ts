import { nameOf } from '../../../model/resource-id.ts';
import type {
  AgentStatus,
  AppStatus,
  EnvironmentStatus,
  MetricsStatus,
  RevisionStatus,
  Series,
} from '../../status/document.ts';
import { ago } from '../ago.ts';
import { shortNumber } from '../sparkline.ts';
import { html } from './escape.ts';
import { pageOf } from './shell.ts';
import { spark } from './spark.ts';

const OWN_STYLE = `
.ok { color: var(--add); } .bad { color: var(--remove); } .odd { color: var(--change); }
.share { display: flex; height: 1.1rem; border-radius: .3rem; overflow: hidden; background: var(--line); margin: .4rem 0; }
.share svg { display: block; width: 100%; height: 100%; }
.share .s0 { fill: var(--run); } .share .s1 { fill: var(--drift); } .share .s2 { fill: var(--change); } .share .s3 { fill: var(--dim); }
.numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .8rem; }
.number { border: 1px solid var(--line); border-radius: .4rem; background: var(--card); padding: .5rem .8rem; }
.number strong { font-size: 1.3rem; display: block; }
.numbers + h3 { margin-top: 1.2rem; }
.spark { display: block; max-width: 100%; } .spark rect { fill: var(--run); } .spark.bad rect { fill: var(--remove); } .spark rect.none { fill: var(--line); }
.fires { border-left-color: var(--remove); } .well { border-left-color: var(--add); }
@media (max-width: 40rem) { table { display: block; overflow-x: auto; } th, td { overflow-wrap: normal; } }
`;

/** An environment at a glance as one page: no script, nothing from elsewhere, everything escaped. */
export function statusPage(status: EnvironmentStatus): string {
  return pageOf({
    title: `ingate status: ${status.environment}`,
    header: facts(status),
    main: [unread, alerts, agents, apps, gates, jobs, metrics, missing].map((part) => part(status)).join(''),
    style: OWN_STYLE,
  });
}

function facts({ applied, resourceGroup, location, cloud, at }: EnvironmentStatus): string {
  const when = applied?.time === undefined ? '' : `, ${ago(applied.time, Date.parse(at))}`;
  const by = applied?.by === undefined ? '' : ` by ${applied.by}`;
  const none = applied === null ? 'not known' : 'nothing from a clean commit yet';
  const rows: readonly (readonly [string, string])[] = [
    ['where', `${cloud}, ${resourceGroup}, ${location}`],
    ['applied', applied ? `${applied.commit}${when}${by}` : none],
    ['read at', at],
  ];
  return `<dl class="facts">${rows.map(([term, text]) => `<dt>${html(term)}</dt><dd><code>${html(text)}</code></dd>`).join('')}</dl>`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<section><h2>${html(title)}</h2>${items.join('\n')}</section>\n`;
}

function unread({ diagnostics }: EnvironmentStatus): string {
  if (diagnostics.length === 0) return '';
  const items = diagnostics.map(
    ({ code, message, hint, resource }) =>
      `<li><strong>${html(code)}</strong> ${resource === undefined ? '' : `${html(resource)}: `}${html(message)} <span class="dim">${html(hint ?? '')}</span></li>`,
  );
  return `<section class="caution"><h2>Could not be read</h2><ul>${items.join('')}</ul></section>\n`;
}

function alerts({ alerts: all, at }: EnvironmentStatus): string {
  if (all === null) return section('Alerts firing', ['<p class="odd">Not known.</p>']);
  const cards = all.map(
    ({ rule, severity, target, since, state, description = '' }) =>
      `<div class="card fires"><h3><span class="tag ${severity <= 1 ? 'bad' : 'odd'}">Sev${severity}</span> ${html(rule)}</h3><p>${html(target)}, fired ${html(ago(since, Date.parse(at)))}${state === 'Acknowledged' ? ', acknowledged' : ''}</p><p class="dim">${html(description)}</p></div>`,
  );
  return section('Alerts firing', cards.length > 0 ? cards : ['<p class="ok">None.</p>']);
}

/** Shares of the traffic as one bar; the shares are also told in words beside it. */
function shareBar(shares: readonly number[]): string {
  const bars = shares.map((percent, index) => {
    const before = shares.slice(0, index).reduce((sum, one) => sum + one, 0);
    return `<rect class="s${Math.min(index, 3)}" x="${before}" y="0" width="${percent}" height="10"/>`;
  });
  return `<div class="share"><svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">${bars.join('')}</svg></div>`;
}

function agents({ agents: all }: EnvironmentStatus): string {
  return section('Agents', all.map(agentCard));
}

function agentCard({ id, traffic, latest, latestStatus, state }: AgentStatus): string {
  const words = traffic.map(({ version, percent }) => `version ${version}: ${percent} %`).join(', ');
  const odd = [state, latestStatus].filter((text) => text !== undefined && text !== 'enabled' && text !== 'active');
  return `<div class="card well"><h3>${html(nameOf(id))}</h3>${shareBar(traffic.map(({ percent }) => percent))}<p>${html(words)}; latest ${html(latest)}${odd.map((text) => ` <span class="odd">${html(text ?? '')}</span>`).join('')}</p></div>`;
}

function apps({ apps: all, at }: EnvironmentStatus): string {
  return section(
    'Container apps',
    all.map((app) => appCard(app, Date.parse(at))),
  );
}

function appCard(app: AppStatus, now: number): string {
  const { id, state, rollout, aborted, revisions, inactive } = app;
  const since = rollout?.since === undefined ? '' : `, entered ${ago(rollout.since, now)}`;
  const rows = (revisions ?? []).map(revisionRow);
  const shown = (revisions ?? []).filter(({ percent }) => percent > 0);
  const ill = revisions === null || shown.some(({ health }) => health !== 'Healthy') || state !== 'Running';
  return `<div class="card ${ill ? 'fires' : 'well'}"><h3>${html(nameOf(id))} <span class="${state === 'Running' ? 'ok' : 'odd'}">${html(state ?? '')}</span></h3>
${rollout ? `<p class="odd">Rollout of <code>${html(rollout.candidate)}</code>: step ${html(rollout.step)}${html(since)}</p>` : ''}${aborted.length > 0 ? `<p class="bad">Given up: <code>${html(aborted.join(', '))}</code></p>` : ''}${shown.length > 0 ? shareBar(shown.map(({ percent }) => percent)) : ''}
${revisions === null ? '<p class="odd">Revisions are not known.</p>' : `<table><thead><tr><th scope="col">Revision</th><th scope="col">Traffic</th><th scope="col">Labels</th><th scope="col">Health</th><th scope="col">State</th><th scope="col">Replicas</th></tr></thead><tbody>${rows.join('')}</tbody></table>`}
${inactive === 0 ? '' : `<p class="dim">${inactive} inactive</p>`}</div>`;
}

function revisionRow({
  name,
  percent,
  labels,
  health = 'None',
  state,
  replicas,
  active,
  error,
}: RevisionStatus): string {
  const tone = health === 'Healthy' ? 'ok' : health === 'Unhealthy' ? 'bad' : 'odd';
  return `<tr><td><code>${html(name)}</code></td><td>${percent} %</td><td>${html(labels.join(', '))}</td><td class="${tone}">${html(health)}</td><td>${html(state ?? '')}${active ? '' : ', inactive'}${error === undefined ? '' : ` <span class="bad">${html(error)}</span>`}</td><td>${replicas ?? ''}</td></tr>`;
}

function gates({ gates: all, at }: EnvironmentStatus): string {
  const rows = all.map(({ id, last, due }) => {
    const tone = last?.verdict === 'pass' ? 'ok' : last?.verdict === 'fail' ? 'bad' : 'odd';
    const told = last
      ? `<td class="${tone}">${html(last.verdict)}</td><td>${html(ago(last.at, Date.parse(at)))}</td><td>${last.items} items, ${html(last.about)}</td>`
      : '<td class="odd">never evaluated</td><td></td><td></td>';
    return `<tr><td>${html(nameOf(id))}</td>${told}<td class="dim">${html(due ?? '')}</td></tr>`;
  });
  return table('Gates', ['Gate', 'Verdict', 'When', 'About', 'Due'], rows);
}

function jobs({ jobs: all, at }: EnvironmentStatus): string {
  const rows = all.map(({ id, trigger, schedule = '', last }) => {
    const told =
      last === null
        ? '<td class="odd">not known</td><td></td>'
        : last === undefined
          ? '<td>never ran</td><td></td>'
          : `<td class="${last.status === 'Failed' ? 'bad' : 'ok'}">${html(last.status)}</td><td>${html(ago(last.started, Date.parse(at)))}</td>`;
    return `<tr><td>${html(nameOf(id))}</td><td>${html(`${trigger} ${schedule}`)}</td>${told}</tr>`;
  });
  return table('Jobs', ['Job', 'Trigger', 'Last execution', 'When'], rows);
}

function table(title: string, columns: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '';
  const head = columns.map((column) => `<th scope="col">${html(column)}</th>`).join('');
  return section(title, [`<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`]);
}

function metrics({ metrics: all }: EnvironmentStatus): string {
  return section('Last 24 hours', all.map(metricsCard));
}

function metricsCard({ id, requests, errors, latency, inputTokens, outputTokens }: MetricsStatus): string {
  const one = (title: string, series: Series, unit = '', tone = ''): string =>
    `<div class="number"><span class="dim">${html(title)}</span><strong>${series.value === null ? 'nothing measured' : html(shortNumber(series.value) + unit)}</strong>${spark(series, tone)}</div>`;
  return `<h3>${html(nameOf(id))}</h3><div class="numbers">${one('requests', requests)}${one('errors', errors, '', 'bad')}${one('latency', latency, ' ms')}${inputTokens ? one('tokens in', inputTokens) : ''}${outputTokens ? one('tokens out', outputTokens) : ''}</div>`;
}

function missing({ missing: all }: EnvironmentStatus): string {
  const items = all.map(
    ({ id, why }) => `<li>${html(id)}: ${why === 'absent' ? 'not in Azure' : 'perhaps only not read'}</li>`,
  );
  return items.length === 0 ? '' : section('Missing', [`<ul>${items.join('')}</ul>`]);
}
