import type { Engine } from '../../arm/contract.ts';
import type { Reply } from '../../http/reply.ts';
import type { LocalRequest } from '../../http/request.ts';
import type { RequestLog } from '../../http/request-log.ts';
import { collectStatus, type Status } from './collect.ts';
import { html, type Html } from './html.ts';
import { agentSection, alertSection, appSection, groupSection, requestSection } from './sections.ts';
import { STYLE } from './style.ts';

const REQUESTS_SHOWN = 50;
const REFRESH_SECONDS = 5;

/** True for the request of a browser that opens the server's address. */
export function wantsStatusPage({ method, segments, headers }: LocalRequest): boolean {
  return method === 'GET' && segments.length === 0 && (headers['accept'] ?? '').includes('text/html');
}

/** The state of the server as one page without scripts; it reloads itself unless the query says `refresh=0`. */
export function statusPage(engine: Engine, log: RequestLog, request: LocalRequest): Reply {
  const status = collectStatus(engine, request.origin);
  const refreshes = request.query.get('refresh') !== '0';
  const page = layout(status, log, request.origin, refreshes);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    bytes: Buffer.from(`<!doctype html>\n${page.markup}`),
  };
}

function layout(status: Status, log: RequestLog, origin: string, refreshes: boolean): Html {
  const entries = log.entries();
  const refresh = refreshes ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}" />` : undefined;
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      ${refresh}
      <title>Embedded Azure at ${origin}</title>
      <style>
        ${{ markup: STYLE }}
      </style>
    </head>
    <body>
      <header>
        <h1>Embedded Azure</h1>
        <p>${origin}</p>
        <p>${new Date(status.time).toISOString()}${status.clock === 'virtual' ? ', virtual clock' : ''}</p>
      </header>
      <main>
        ${tiles(status)}
        ${agentSection(status.agents)}${appSection(status.apps)}${alertSection(status.alerts)}${groupSection(status.groups)}
        ${requestSection(entries.slice(-REQUESTS_SHOWN).toReversed(), entries.length)}
      </main>
      <footer>
        ${refreshes ? html`Reloads every ${REFRESH_SECONDS} seconds, <a href="/?refresh=0">stop that</a>.` : html`<a href="/">Reload by itself</a>.`}
        It imitates Azure for tests; nothing here runs in a cloud.
      </footer>
    </body>
  </html>`;
}

function tiles({ subscriptions, total, groups, agents, apps, alerts }: Status): Html {
  const counts: readonly (readonly [number, string])[] = [
    [subscriptions.length, 'subscriptions'],
    [groups.length, 'resource groups'],
    [total, 'resources'],
    [agents.length, 'agents'],
    [apps.length, 'container apps'],
    [alerts.length, 'alert rules'],
  ];
  return html`<ul class="tiles">
    ${counts.map(([count, label]) => html`<li><b>${count}</b>${label}</li>`)}
  </ul>`;
}
