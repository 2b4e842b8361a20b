import type { LogEntry } from '../../http/request-log.ts';
import type { AgentStatus, AlertStatus, AppStatus, GroupStatus } from './collect.ts';
import { html, type Html } from './html.ts';

/** A heading with a count, and what it is about or why there is nothing. */
function section(title: string, items: readonly Html[], nothing: string): Html {
  const content = items.length === 0 ? [html`<div class="card empty">${nothing}</div>`] : items;
  return html`<section>
    <h2>${title} <span>${items.length}</span></h2>
    ${content}
  </section>`;
}

const GOOD = new Set(['succeeded', 'provisioned', 'healthy', 'active', 'running', 'enabled']);
const BAD = new Set(['failed', 'unhealthy', 'degraded', 'canceled']);

const NEUTRAL = new Set(['deprovisioned', 'disabled', 'draft']);

function state(text: string): Html {
  const key = text.toLowerCase();
  if (NEUTRAL.has(key)) return html`<span class="dim">${text}</span>`;
  const look = GOOD.has(key) ? 'good' : BAD.has(key) ? 'bad' : 'busy';
  return html`<span class="${look}">${text}</span>`;
}

function share(percent: number): Html {
  return html`<meter min="0" max="100" value="${percent}">${percent}%</meter>${percent}%`;
}

export function groupSection(groups: readonly GroupStatus[]): Html {
  return section('Resource groups', groups.map(group), 'No resource groups yet.');
}

function group({ name, subscription, location, resources, more }: GroupStatus): Html {
  const rows = resources.map(
    (each) =>
      html`<tr>
        <td>${each.name}</td>
        <td>${each.type}</td>
        <td>${state(each.state)}</td>
        <td class="optional dim">${each.location}</td>
      </tr>`,
  );
  const rest =
    more === 0
      ? undefined
      : html`<tr>
          <td colspan="4" class="dim">and ${more} more</td>
        </tr>`;
  const table = html`<table>
    <tr>
      <th>Name</th>
      <th>Type</th>
      <th>State</th>
      <th class="optional">Region</th>
    </tr>
    ${rows}${rest}
  </table>`;
  return html`<details class="card" open>
    <summary>
      ${name} <span class="dim">${location}, ${resources.length + more} resources, subscription ${subscription}</span>
    </summary>
    ${rows.length === 0 ? undefined : table}
  </details>`;
}

export function agentSection(agents: readonly AgentStatus[]): Html {
  return section('Agents', agents.map(agent), 'No agents yet.');
}

function agent({ name, project, enabled, versions }: AgentStatus): Html {
  const rows = versions.toReversed().map(
    (each) =>
      html`<tr>
        <td>${each.version}</td>
        <td>${each.kind}</td>
        <td class="mono">${each.model}</td>
        <td>${state(each.state)}</td>
        <td>${share(each.traffic)}</td>
      </tr>`,
  );
  return html`<div class="card">
    <div class="title">${name} <span class="dim">${project}${enabled ? '' : ', disabled'}</span></div>
    <table>
      <tr>
        <th>Version</th>
        <th>Kind</th>
        <th>Model or image</th>
        <th>State</th>
        <th>Traffic</th>
      </tr>
      ${rows}
    </table>
  </div>`;
}

export function appSection(apps: readonly AppStatus[]): Html {
  return section('Container apps', apps.map(app), 'No container apps yet.');
}

function app({ name, group, url, path, revisions }: AppStatus): Html {
  const rows = revisions.map(
    (each) =>
      html`<tr>
        <td>${each.name} ${each.labels.map((label) => html`<span class="tag">${label}</span>`)}</td>
        <td class="mono optional">${each.image}</td>
        <td>${each.active ? state(each.state) : html`<span class="dim">inactive</span>`}</td>
        <td>${share(each.traffic)}</td>
        <td class="number">${each.served}${each.failed === 0 ? '' : `, ${each.failed} failed`}</td>
      </tr>`,
  );
  const address = url === '' ? undefined : html`, <a href="${path}">${url}</a>`;
  return html`<div class="card">
    <div class="title">${name} <span class="dim">${group}${address}</span></div>
    <table>
      <tr>
        <th>Revision</th>
        <th class="optional">Image</th>
        <th>Health</th>
        <th>Traffic</th>
        <th class="number">Requests</th>
      </tr>
      ${rows}
    </table>
  </div>`;
}

export function alertSection(alerts: readonly AlertStatus[]): Html {
  const rows = alerts.map(
    (each) =>
      html`<tr>
        <td>${each.name}</td>
        <td>${each.kind}</td>
        <td class="number">${each.severity}</td>
        <td>${state(each.enabled ? 'enabled' : 'disabled')}</td>
        <td class="mono">${each.condition}</td>
      </tr>`,
  );
  const table = html`<div class="card">
    <table>
      <tr>
        <th>Rule</th>
        <th>Kind</th>
        <th class="number">Severity</th>
        <th>State</th>
        <th>Condition</th>
      </tr>
      ${rows}
    </table>
  </div>`;
  const content = rows.length === 0 ? html`<div class="card empty">No alert rules yet.</div>` : table;
  return html`<section>
    <h2>Alert rules <span>${rows.length}</span></h2>
    ${content}
  </section>`;
}

/** The newest requests, newest first. */
export function requestSection(entries: readonly LogEntry[], total: number): Html {
  const rows = entries.map(
    (each) =>
      html`<tr>
        <td class="mono dim optional time">${new Date(each.time).toISOString().slice(11, 23)}</td>
        <td class="mono">${each.method}</td>
        <td class="number ${each.status === 0 || each.status >= 400 ? 'bad' : 'good'}">
          ${each.status === 0 ? 'cut' : each.status}
        </td>
        <td class="mono">${each.path}</td>
      </tr>`,
  );
  const table = html`<div class="card">
    <table>
      <tr>
        <th class="optional">Time</th>
        <th>Method</th>
        <th class="number">Status</th>
        <th>Path</th>
      </tr>
      ${rows}
    </table>
  </div>`;
  const content = rows.length === 0 ? html`<div class="card empty">No requests yet.</div>` : table;
  return html`<section>
    <h2>Requests <span>the newest ${rows.length} of ${total}</span></h2>
    ${content}
  </section>`;
}
