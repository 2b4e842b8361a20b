import type { Azure } from '../../../model/azure.ts';
import type { Site } from '../../../model/kind.ts';
import { resourceId } from '../../../model/resource-id.ts';
import { textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import { isoTime } from '../../../model/time.ts';

/** Where and over which time is asked. Times are milliseconds. */
export interface Queries {
  readonly azure: Azure;
  readonly from: number;
  readonly to: number;
  /** Customer id of a workspace; undefined while it is not known. */
  readonly workspaceOf: (reference: string) => string | undefined;
}

const QUERY_HOST = 'https://api.loganalytics.io/v1/workspaces';

/** The first value of the first row of a query of Log Analytics; undefined when it is no number. */
export async function queried(
  { azure, from, to, workspaceOf }: Queries,
  metric: JsonObject,
  revision: string,
): Promise<number | undefined> {
  const workspace = workspaceOf(textOf(metric, 'workspace'));
  if (workspace === undefined) return undefined;
  const times = { from: minute(from), to: minute(to) };
  // Names of revisions and times hold nothing that could end a text of KQL.
  const query = textOf(metric, 'query')
    .replaceAll('{revision}', revision)
    .replaceAll('{from}', times.from)
    .replaceAll('{to}', times.to);
  const { body } = await azure.post(
    { path: `${QUERY_HOST}/${workspace}/query`, apiVersion: '' },
    { query, timespan: `${times.from}/${times.to}` },
    { repeatable: true },
  );
  const value = valueAt(body, '/tables/0/rows/0/0');
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Looks up the customer id of a LogWorkspace that a manifest names. */
export function workspacesOf(site: Site): Queries['workspaceOf'] {
  return (reference) => {
    const id = site.outputOf(resourceId('LogWorkspace', reference), 'customerId');
    return typeof id === 'string' ? id : undefined;
  };
}

export function minute(time: number): string {
  return isoTime(time).replace(/\.\d+Z$/, 'Z');
}
