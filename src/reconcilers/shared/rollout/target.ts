import { sha256 } from '../../../model/fingerprint.ts';
import { canonicalJson, isArray, isObject, member, textOf, type Json, type JsonObject } from '../../../model/json.ts';
import type { Analysis } from '../../../rollout/analysis.ts';
import type { Step, Target } from '../../../rollout/types.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of `30s`, `10m` or `1h`. */
export function secondsOf(duration: Json | undefined, otherwise: number): number {
  const [, count, unit] = /^(\d+)([smh])$/.exec(typeof duration === 'string' ? duration : '') ?? [];
  return count === undefined || unit === undefined ? otherwise : Number(count) * (UNITS[unit] ?? 1);
}

/** The rollout that a spec asks for; undefined where changes replace what runs at once. */
export function rolloutOf(spec: JsonObject): JsonObject | undefined {
  const rollout = member(spec, 'rollout');
  return isObject(rollout) && textOf(rollout, 'strategy') !== 'recreate' ? rollout : undefined;
}

/** Ten hex digits that stand for content; undefined while part of it is only known after apply. */
export function rolloutHash(content: JsonObject): string | undefined {
  const text = canonicalJson(content);
  return text.includes('"valueFrom"') ? undefined : sha256(text).slice(0, 10);
}

export function targetOf(rollout: JsonObject, hash: string, generation: number, force = false): Target {
  const number = (name: string, otherwise: number): number => Number(member(rollout, name) ?? otherwise);
  return {
    hash,
    generation,
    force,
    steps: stepsOf(rollout),
    smokeTests: isArray(member(rollout, 'smokeTests')) && (member(rollout, 'smokeTests') as Json[]).length > 0,
    postAnalysis: textOf(rollout, 'postPromotion') || undefined,
    progressDeadline: secondsOf(member(rollout, 'progressDeadline'), 600),
    scaleDownDelay: secondsOf(member(rollout, 'scaleDownDelay'), 600),
    abortScaleDownDelay: secondsOf(member(rollout, 'abortScaleDownDelay'), 300),
    rollbackWindow: number('rollbackWindow', 3),
    approved: textOf(rollout, 'approvedCandidate') || undefined,
  };
}

function stepsOf(rollout: JsonObject): Step[] {
  if (textOf(rollout, 'strategy') === 'blueGreen')
    return member(rollout, 'autoPromote') === false ? [{ pause: {} }] : [];
  const steps = member(rollout, 'steps');
  return (isArray(steps) ? steps : []).map((step): Step => {
    const one = isObject(step) ? step : {};
    const pause = member(one, 'pause');
    if (isObject(pause)) {
      const duration = member(pause, 'duration');
      return { pause: duration === undefined ? {} : { seconds: secondsOf(duration, 0) } };
    }
    const analysis = textOf(one, 'analysis');
    return analysis === '' ? { setWeight: Number(member(one, 'setWeight') ?? 0) } : { analysis };
  });
}

/** The declared analyses by name, with the metrics as they are declared. */
export function analysisOf(
  rollout: JsonObject,
  name: string,
): { readonly analysis: Analysis; readonly metrics: readonly JsonObject[] } | undefined {
  const all = member(rollout, 'analysis');
  const found = (isArray(all) ? all : []).find((one) => isObject(one) && textOf(one, 'name') === name);
  if (!isObject(found)) return undefined;
  const listed = member(found, 'metrics');
  const metrics = (isArray(listed) ? listed : []).filter(isObject);
  const limit = (metric: JsonObject, key: string): number | undefined => {
    const value = member(metric, key);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    metrics,
    analysis: {
      name,
      window: secondsOf(member(found, 'window'), 600),
      initialDelay: secondsOf(member(found, 'initialDelay'), 180),
      minRequests: Number(member(found, 'minRequests') ?? 100),
      inconclusiveLimit: Number(member(found, 'inconclusiveLimit') ?? 3),
      metrics: metrics.map((metric) => ({
        name: textOf(metric, 'name'),
        atMost: limit(metric, 'atMost'),
        atLeast: limit(metric, 'atLeast'),
        maxIncrease: limit(metric, 'maxIncrease'),
      })),
    },
  };
}
