import { MonitorClient, type Metric } from '@azure/arm-monitor';
import { AzureError } from '../model/azure.ts';
import type { Deadline } from './bounded.ts';
import type { ClientOptions } from './connect.ts';
import { repeatable, readTyped, textIn } from './typed-client.ts';

export interface MetricsQuestion {
  /** Id of the resource. */
  readonly path: string;
  readonly names: readonly string[];
  /** Dimension that series are split by; every metric asked for has it. */
  readonly splitBy?: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** One line of one metric, by the hour. Values are absent where nothing was measured. */
export interface MetricLine {
  readonly metric: string;
  /** Value of the dimension of the split; absent without one. */
  readonly label?: string;
  readonly points: readonly {
    readonly at: number;
    readonly total?: number;
    readonly average?: number;
    readonly count?: number;
  }[];
}

/** Most values of a dimension; Azure Monitor gives ten unless asked for more. */
const MOST_SERIES = 50;

/** Microsoft.Insights/metrics of one resource by the hour (Azure Monitor). Rejects with AzureError. */
export async function readMetrics(
  client: ClientOptions,
  { path, names, splitBy, from, to }: MetricsQuestion,
  deadline: Deadline,
): Promise<MetricLine[]> {
  const [, , subscriptionId = ''] = path.split('/');
  const monitor = new MonitorClient(client.credential, subscriptionId, repeatable(client));
  return readTyped(`${client.endpoint}${path}/providers/Microsoft.Insights/metrics`, deadline, async () => {
    const { value } = await monitor.metrics.list(path.slice(1), {
      metricnames: names.join(','),
      timespan: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
      interval: 'PT1H',
      aggregation: 'total,average,count',
      ...(splitBy === undefined ? {} : { filter: `${splitBy} eq '*'`, top: MOST_SERIES }),
      abortSignal: deadline.signal,
    });
    const failed = value.find(({ errorCode = 'Success' }) => errorCode !== 'Success');
    if (failed) throw unanswered(failed, `${client.endpoint}${path}`);
    return value.flatMap(linesOf);
  });
}

/** Azure Monitor answers 200 also where it could not read a metric. */
function unanswered({ name, errorCode = '', errorMessage }: Metric, url: string): AzureError {
  const message = `${name.value}: ${textIn(errorMessage) ?? 'Azure Monitor does not say why'}`;
  return new AzureError({ code: textIn(errorCode) ?? 'Unknown', message, method: 'GET', url });
}

/** Only what is a number: the client passes on whatever was answered. */
function numbersIn<Name extends string>(members: Readonly<Record<Name, unknown>>): { readonly [K in Name]?: number } {
  const numbers = Object.entries(members).filter(([, value]) => Number.isFinite(value));
  return Object.fromEntries(numbers) as { readonly [K in Name]?: number };
}

function linesOf({ name, timeseries }: Metric): MetricLine[] {
  return timeseries.map(({ metadatavalues, data = [] }) => {
    const label = textIn(metadatavalues?.[0]?.value);
    return {
      metric: textIn(name.value) ?? '',
      ...(label === undefined ? {} : { label }),
      points: data.map(({ timeStamp, total, average, count }) => ({
        at: timeStamp.getTime(),
        ...numbersIn({ total, average, count }),
      })),
    };
  });
}
