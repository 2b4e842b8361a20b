import { sameText } from '../../../engine/json.ts';
import type { Query } from '../../../http/request.ts';
import { AGGREGATIONS, isComplete, type Aggregation, type Metric } from './catalogue.ts';
import { parseFilter, type Split } from './filter.ts';
import { badRequest } from './refusals.ts';

/** A client's query for metrics. Times are milliseconds. */
export interface MetricsQuery {
  readonly from: number;
  readonly to: number;
  /** ISO 8601, or FULL. */
  readonly grain: string;
  /** Undefined for FULL: one value for the whole time. */
  readonly interval: number | undefined;
  /** Names as asked where the metrics of the type are not known. */
  readonly metrics: readonly (Metric | string)[];
  /** Undefined: the primary one of each metric. */
  readonly aggregations: readonly Aggregation[] | undefined;
  readonly split: Split;
  /** Dimensions that are filtered by but not split by. */
  readonly rollup: readonly string[];
  /** Most series per metric. */
  readonly top: number;
  readonly order: { readonly by: Aggregation; readonly descending: boolean } | undefined;
  /** Only which series there are. */
  readonly metadataOnly: boolean;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Metrics are kept for 93 days. */
const RETENTION = 93 * DAY;

const GRAINS: ReadonlyMap<string, number> = new Map([
  ['PT1M', MINUTE],
  ['PT5M', 5 * MINUTE],
  ['PT15M', 15 * MINUTE],
  ['PT30M', 30 * MINUTE],
  ['PT1H', 60 * MINUTE],
  ['PT6H', 360 * MINUTE],
  ['PT12H', 720 * MINUTE],
  ['P1D', DAY],
]);

/** The grains that can be asked for. */
export const GRAIN_NAMES: readonly string[] = [...GRAINS.keys()];

/** Reads the query of `GET {resource}/providers/Microsoft.Insights/metrics`. Throws an ArmError for what Azure refuses. */
export function readQuery(query: Query, type: string, known: readonly Metric[] | undefined, now: number): MetricsQuery {
  const namespace = query.get('metricnamespace') ?? type;
  if (!sameText(namespace, type)) throw badRequest(`The metric namespace '${namespace}' is not valid for '${type}'.`);
  const metrics = readMetrics(query.get('metricnames'), type, known);
  const dimensions = commonDimensions(metrics);
  const isLenient = sameText(query.get('ValidateDimensions') ?? 'true', 'false');
  const filter = query.get('$filter');
  const { grain, interval } = readGrain(query);
  return {
    ...readTimespan(query.get('timespan'), now),
    grain,
    interval,
    metrics,
    aggregations: readAggregations(query.get('aggregation')),
    split: dimensions ? parseFilter(filter, dimensions, isLenient) : new Map(),
    rollup: listOf(query.get('rollupby')),
    top: readTop(query.get('top')),
    order: readOrder(query.get('orderby')),
    metadataOnly: sameText(query.get('resultType') ?? 'Data', 'Metadata'),
  };
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function readMetrics(
  names: string | undefined,
  type: string,
  known: readonly Metric[] | undefined,
): readonly (Metric | string)[] {
  const wanted = listOf(names);
  if (!known) return wanted;
  if (wanted.length === 0) return known;
  return wanted.map((name) => {
    const found = known.find((metric) => sameText(metric.name, name));
    if (found) return found;
    if (!isComplete(type)) return name;
    const [provider = '', ...rest] = type.split('/');
    const valid = known.map((metric) => metric.name).join(',');
    throw badRequest(
      `Failed to find metric configuration for provider: ${provider}, resource Type: ${rest.join('/')}, metric: ${name}, Valid metrics: ${valid}`,
    );
  });
}

/** Dimensions that all of the metrics have; undefined where the metrics of the type are not known. */
function commonDimensions(metrics: readonly (Metric | string)[]): readonly string[] | undefined {
  const known = metrics.filter((metric) => typeof metric !== 'string');
  if (known.length < metrics.length || known.length === 0) return undefined;
  const [first, ...rest] = known.map(({ dimensions }) => dimensions);
  return (first ?? []).filter((name) => rest.every((dimensions) => dimensions.includes(name)));
}

/** `{start}/{end}` as ISO 8601, UTC where no zone is named; the last hour unless given. az 2.45 encodes it twice. */
function readTimespan(timespan: string | undefined, now: number): { readonly from: number; readonly to: number } {
  if (timespan === undefined || timespan === '') return { from: now - 60 * MINUTE, to: now };
  const [from = NaN, to = NaN, ...more] = timespan
    .replaceAll(/%2f/giu, '/')
    .replaceAll(/%3a/giu, ':')
    .split('/')
    .map(instantOf);
  if (more.length > 0 || Number.isNaN(from) || Number.isNaN(to))
    throw badRequest(`The timespan '${timespan}' is not of the form start/end in ISO 8601.`);
  if (to <= from) throw badRequest(`The timespan '${timespan}' ends before it starts.`);
  if (to - from > RETENTION) throw badRequest(`The timespan '${timespan}' is longer than 93 days.`);
  return { from, to };
}

/** A plus sign that was sent as it is arrives as a space. */
function instantOf(text: string): number {
  const time = text.trim().replace(' ', '+');
  if (!/^\d{4}-\d{2}-\d{2}T/u.test(time)) return NaN;
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/iu.test(time) ? time : `${time}Z`);
}

function readGrain(query: Query): { readonly grain: string; readonly interval: number | undefined } {
  const asked = (query.get('interval') ?? 'PT1M').toUpperCase();
  if (asked === 'FULL') return { grain: asked, interval: undefined };
  const exact = GRAINS.get(asked);
  if (exact !== undefined) return { grain: asked, interval: exact };
  const adjusts = sameText(query.get('AutoAdjustTimegrain') ?? 'false', 'true');
  const wanted = adjusts ? durationOf(asked) : undefined;
  const next = wanted === undefined ? undefined : [...GRAINS].find(([, length]) => length >= wanted);
  if (next) return { grain: next[0], interval: next[1] };
  throw badRequest(`Detected invalid time grain input: ${asked}, supported ones are: ${GRAIN_NAMES.join(',')}`);
}

/** Milliseconds of `P1D`, `PT2H`, `PT7M`; undefined for other forms. */
function durationOf(text: string): number | undefined {
  const found = /^P(?:(?<days>\d{1,3})D)?(?:T(?:(?<hours>\d{1,4})H)?(?:(?<minutes>\d{1,6})M)?)?$/u.exec(text)?.groups;
  if (!found) return undefined;
  const [days, hours, minutes] = ['days', 'hours', 'minutes'].map((unit) => Number(found[unit] ?? 0));
  return (days ?? 0) * DAY + (hours ?? 0) * 60 * MINUTE + (minutes ?? 0) * MINUTE;
}

function readAggregations(text: string | undefined): readonly Aggregation[] | undefined {
  const names = listOf(text);
  return names.length === 0 ? undefined : [...new Set(names.map(aggregationOf))];
}

function aggregationOf(name: string): Aggregation {
  const found = AGGREGATIONS.find((each) => sameText(each, name));
  if (found) return found;
  throw badRequest(`The aggregation '${name}' is not valid, supported ones are: ${AGGREGATIONS.join(',')}.`);
}

/** 10 unless given. */
function readTop(text: string | undefined): number {
  const top = text === undefined ? 10 : Number(text);
  if (Number.isInteger(top) && top > 0) return top;
  throw badRequest(`The value '${text ?? ''}' of 'top' is not a positive number.`);
}

/** `sum asc`, `average desc`; ascending unless it says so. */
function readOrder(text: string | undefined): MetricsQuery['order'] {
  if (text === undefined || text.trim() === '') return undefined;
  const [name = '', direction = 'asc', ...more] = text.trim().split(/\s+/u);
  if (more.length > 0 || !/^(?:asc|desc)$/iu.test(direction))
    throw badRequest(`The order '${text}' is not of the form 'sum asc'.`);
  return { by: sameText(name, 'sum') ? 'Total' : aggregationOf(name), descending: sameText(direction, 'desc') };
}
