import { nameHint } from '../../planner/load/suggest.ts';
import type { Connection } from '../../azure/connect.ts';
import { deadlineIn } from '../../azure/bounded.ts';
import type { RevisionFacts } from '../../azure/revisions.ts';
import { problem, ProblemError } from '../../model/diagnostic.ts';
import { textAt } from '../../model/json.ts';
import type { Live } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { trafficOf } from '../status/resources.ts';
import type { Outcome } from './outcome.ts';

export interface AppOptions {
  /** Full name, suffix or label; the traffic decides without it. */
  readonly revision?: string;
  readonly path: string;
  /** GET without an input, else POST. */
  readonly method?: string;
  /** `Name: value`. */
  readonly headers: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Sends one HTTP request to an app, or to a revision whatever its share of the traffic. Rejects with AzureError or ProblemError. */
export async function invokeApp(
  connection: Connection,
  id: ResourceId,
  live: Live,
  options: AppOptions,
  input: string | undefined,
  onText?: (piece: string) => void,
): Promise<Outcome> {
  const refuse = (message: string, hint?: string): ProblemError =>
    new ProblemError(problem('ING6341', message, { resource: id, hint }));
  const wanted = (options.method ?? (input === undefined ? 'GET' : 'POST')).toUpperCase();
  const method = METHODS.find((one) => one === wanted);
  if (!method) throw refuse(`There is no method ${wanted}`, `There are: ${METHODS.join(', ')}.`);
  if (!options.path.startsWith('/')) throw refuse(`The path "${options.path}" does not start with a slash`);
  const fqdn = textAt(live.body, '/properties/configuration/ingress/fqdn');
  if (fqdn === '') throw refuse(`${id} has no ingress, so nothing can be sent to it`);
  const chosen = options.revision === undefined ? undefined : await find(connection, live, options.revision, refuse);
  const host = chosen?.fqdn ?? fqdn;
  if (!/^[a-z0-9.-]+$/i.test(host)) throw refuse(`"${host}" is not a host name`);
  const headers = { ...bodyHeaders(input), ...parsedHeaders(options.headers, refuse) };
  const { callApp } = await import('../../azure/app-call.ts');
  const started = performance.now();
  const url = `https://${host}${options.path}`;
  const request = { method, url, headers, timeout: options.timeout, ...(input === undefined ? {} : { body: input }) };
  const reply = await callApp(connection.client, request, onText);
  const serving = trafficOf(live.body).filter(({ percent }) => percent > 0);
  const only = serving.length === 1 ? serving[0]?.revision : undefined;
  const revision = chosen?.name ?? only;
  const shares = serving.map((share) => `${share.revision} ${share.percent} %`).join(', ');
  const { status, contentType, text, bytes, requestId } = reply;
  return {
    resource: id,
    outcome: status < 400 ? 'answered' : 'failed',
    ...(revision === undefined ? {} : { revision }),
    status,
    milliseconds: Math.round(performance.now() - started),
    ...(requestId === undefined ? {} : { requestId }),
    contentType,
    ...(text === undefined ? {} : { text }),
    notes: [
      ...(revision === undefined && shares !== '' ? [`One of these answered: ${shares}.`] : []),
      ...(text === undefined ? [`The answer is not text: ${bytes} bytes of ${contentType}.`] : []),
    ],
    diagnostics:
      status < 400 ? [] : [problem('ING6342', `${method} ${options.path} answered ${status}`, { resource: id })],
  };
}

type Refuse = (message: string, hint?: string) => ProblemError;

async function find(connection: Connection, live: Live, wanted: string, refuse: Refuse): Promise<RevisionFacts> {
  const { listRevisions } = await import('../../azure/revisions.ts');
  const revisions = await listRevisions(connection.client, live.address.path, deadlineIn(SECONDS));
  const labelled = trafficOf(live.body).find(({ label }) => label === wanted)?.revision;
  const found =
    revisions.find(({ name }) => name === wanted) ??
    revisions.find(({ name }) => name === labelled) ??
    revisions.find(({ name }) => name.endsWith(`--${wanted}`));
  const labels = trafficOf(live.body).flatMap(({ label }) => label ?? []);
  const hint = nameHint(wanted, [...new Set([...labels, ...revisions.map(({ name }) => name)])], 'revisions');
  if (!found) throw refuse(`There is no revision, suffix or label "${wanted}"`, hint);
  if (!found.active || found.fqdn === undefined)
    throw refuse(`Revision ${found.name} is inactive, so it answers nobody`, hint);
  return found;
}

/** Time for the list of revisions. */
const SECONDS = 30;

function bodyHeaders(input: string | undefined): Record<string, string> {
  if (input === undefined) return {};
  return { 'content-type': isJson(input) ? 'application/json' : 'text/plain; charset=utf-8' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parsedHeaders(lines: readonly string[], refuse: Refuse): Record<string, string> {
  const entries = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\x20-\x7e\t]*)$/.exec(line) ?? [];
    if (name === '') throw refuse('A header has the form "Name: value"');
    return [name.toLowerCase(), value];
  });
  return Object.fromEntries(entries);
}
