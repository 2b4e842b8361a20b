import { MINUTE } from '../../../live/served.ts';
import { badRequest } from './filter.ts';

export interface Timespan {
  /** Milliseconds of the clock; `from` is at the start of an interval. */
  readonly from: number;
  readonly to: number;
  readonly interval: string;
  /** Milliseconds. */
  readonly step: number;
}

const HOUR = 60 * MINUTE;

/** Intervals that Azure Monitor keeps for platform metrics. */
const INTERVALS: Readonly<Record<string, number>> = {
  PT1M: MINUTE,
  PT5M: 5 * MINUTE,
  PT15M: 15 * MINUTE,
  PT30M: 30 * MINUTE,
  PT1H: HOUR,
  PT6H: 6 * HOUR,
  PT12H: 12 * HOUR,
  P1D: 24 * HOUR,
};

const ISO = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/u;

/** Reads `timespan` (`from/to`, `from/duration`, `duration/to` or a duration until now) and `interval`. The last hour by default. */
export function parseTimespan(text: string | undefined, interval: string | undefined, now: number): Timespan {
  const [first = 'PT1H', second] = (text ?? 'PT1H').split('/');
  const to = second === undefined ? now : moment(second, moment(first, 0, 0), 1);
  const from = second === undefined ? now - duration(first) : moment(first, to, -1);
  if (from >= to) throw badRequest(`The start time must be earlier than the end time. Timespan: ${text ?? ''}`);
  const size = interval?.toUpperCase() ?? 'PT1M';
  const isFull = size === 'FULL';
  const step = isFull ? to - from : INTERVALS[size];
  if (step === undefined)
    throw badRequest(
      `Detected invalid time grain input: Invalid time grain: ${interval ?? ''}. Supported ones are: ${Object.keys(INTERVALS).join(',')},FULL`,
    );
  return { from: isFull ? from : Math.floor(from / step) * step, to, interval: size, step };
}

/** A point in time, or a duration from the other end. */
function moment(text: string, other: number, sign: number): number {
  if (text.startsWith('P')) return other + sign * duration(text);
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`The timespan is not valid: ${text}`);
  return time;
}

function duration(text: string): number {
  const found = ISO.exec(text)?.groups;
  if (!found) throw badRequest(`The timespan is not valid: ${text}`);
  const { days = '0', hours = '0', minutes = '0', seconds = '0' } = found;
  return Number(days) * 24 * HOUR + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
}
