import { isAzureError } from '../../../model/azure.ts';
import { isArray, isObject, member, textAt, textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import type { Measured } from '../../../rollout/analysis.ts';
import { minute, queried, type Queries } from '../../shared/rollout/query.ts';

export interface MeasureRequest extends Queries {
  /** Path of the app. */
  readonly app: string;
  readonly revision: string;
  readonly baseline: string | undefined;
  readonly metrics: readonly JsonObject[];
}

/** Microsoft.Insights/metrics. */
const METRICS_API = '2024-02-01';

/** Asks Azure Monitor for everything that an analysis measures. What cannot be asked is said and has no value. */
export async function measure(request: MeasureRequest): Promise<Measured> {
  const problems: string[] = [];
  const asked = async (what: string, ask: () => Promise<number | undefined>): Promise<number | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!isAzureError(error)) throw error;
      problems.push(`${what} could not be asked: ${error.details.code}`);
      return undefined;
    }
  };
  const values = new Map<string, { candidate?: number; baseline?: number }>();
  for (const metric of request.metrics) {
    const name = textOf(metric, 'name');
    const candidate = await asked(name, () => valueOf(request, metric, request.revision));
    const compares = member(metric, 'maxIncrease') !== undefined && request.baseline !== undefined;
    const baseline = compares ? await asked(name, () => valueOf(request, metric, request.baseline ?? '')) : undefined;
    values.set(name, {
      ...(candidate === undefined ? {} : { candidate }),
      ...(baseline === undefined ? {} : { baseline }),
    });
  }
  const requests = await asked('Requests', async () =>
    total(await series(request, 'Requests', 'Total', request.revision), 'total'),
  );
  return { requests: requests ?? undefined, values, problems };
}

async function valueOf(request: MeasureRequest, metric: JsonObject, revision: string): Promise<number | undefined> {
  if (textOf(metric, 'source') === 'logAnalytics') return queried(request, metric, revision);
  const bad = member(metric, 'bad');
  if (isArray(bad)) return badShare(request, bad.map(String), revision);
  const aggregation = textOf(metric, 'aggregation') || 'Average';
  const found = await series(request, textOf(metric, 'metric'), aggregation, revision);
  const points = found.flatMap(({ points: all }) => all.flatMap((point) => numberOf(point, aggregation.toLowerCase())));
  if (points.length === 0) return undefined;
  const sum = points.reduce((all, one) => all + one, 0);
  if (aggregation === 'Total') return sum;
  return aggregation === 'Maximum' ? Math.max(...points) : sum / points.length;
}

async function badShare(
  request: MeasureRequest,
  bad: readonly string[],
  revision: string,
): Promise<number | undefined> {
  const found = await series(request, 'Requests', 'Total', revision, 'statusCode');
  const all = total(found, 'total');
  const isBad = (code: string): boolean =>
    bad.some((one) => one === code || (one.endsWith('xx') && one[0] === code[0]));
  return all === 0
    ? undefined
    : total(
        found.filter(({ split }) => isBad(split)),
        'total',
      ) / all;
}

interface Series {
  /** Value of the dimension that was asked for; empty without one. */
  readonly split: string;
  readonly points: readonly JsonObject[];
}

async function series(
  { azure, app, from, to }: MeasureRequest,
  metric: string,
  aggregation: string,
  revision: string,
  split?: string,
): Promise<Series[]> {
  const body = await azure.get({
    path: `${app}/providers/Microsoft.Insights/metrics`,
    apiVersion: METRICS_API,
    query: {
      metricnames: metric,
      timespan: `${minute(from)}/${minute(to)}`,
      interval: 'PT1M',
      aggregation,
      $filter: `revisionName eq '${revision}'${split === undefined ? '' : ` and ${split} eq '*'`}`,
      top: '1000',
    },
  });
  const found = valueAt(body, '/value/0/timeseries');
  return (isArray(found) ? found : []).filter(isObject).map((one) => ({
    split: dimensionOf(one, split),
    points: listAt(one, 'data'),
  }));
}

function dimensionOf(one: JsonObject, split: string | undefined): string {
  const pairs = listAt(one, 'metadatavalues');
  const named = pairs.find((pair) => textAt(pair, '/name/value').toLowerCase() === split?.toLowerCase());
  return named ? textOf(named, 'value') : '';
}

function listAt(value: JsonObject, name: string): JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

function total(all: readonly Series[], key: string): number {
  return all
    .flatMap(({ points }) => points.flatMap((point) => numberOf(point, key)))
    .reduce((sum, one) => sum + one, 0);
}

function numberOf(point: JsonObject, key: string): number[] {
  const value = member(point, key);
  return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
}
