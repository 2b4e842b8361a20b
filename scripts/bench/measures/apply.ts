import { join } from 'node:path';
import { startAzure, type Traffic } from '../azure.ts';
import { LATENCY, type Context, type Measurement } from '../context.ts';
import { DEPTH, writeProject, type Mixture } from '../environment.ts';
import { ingate, replayProgress, type Usage } from '../process.ts';
import { compare, inform, time, type Row } from '../result.ts';

/** So few that all of a level run at once. */
const INSIDE_LIMITS = 150;

interface Applied {
  readonly usage: Usage;
  readonly traffic: Traffic;
}

interface Case {
  readonly name: string;
  readonly resources: number;
  readonly mixture: Mixture;
  readonly operationMs: number;
  readonly throttling: boolean;
}

async function applied(context: Context, { name, resources, mixture, ...settings }: Case): Promise<Applied> {
  const project = writeProject(join(context.folder, name), resources, mixture);
  const azure = await startAzure({ project, latencyMs: LATENCY, ...settings });
  try {
    const usage = await ingate(context, ['apply', '-e', 'dev', '--yes', '-o', 'json', '-C', project]);
    return { usage, traffic: await azure.traffic() };
  } finally {
    await azure.stop();
  }
}

function against(what: string, { usage }: Applied, bound: number, goal: number): Row {
  return compare(what, `${time(usage.milliseconds)} of ${time(bound)}`, usage.milliseconds, bound, goal);
}

function requestsRow(resources: number, { traffic }: Applied): Row {
  const each = (traffic.requests / resources).toFixed(1);
  return inform(
    `apply of ${resources}, requests`,
    `${traffic.requests}, ${traffic.writes} of them writes (${each} each)`,
  );
}

/** Operations that take a second, in levels that wait for each other; and what showing them costs. */
export const apply: Measurement = {
  name: 'apply',
  async run(context) {
    const operationMs = context.quick ? 50 : 1000;
    const critical = DEPTH * (operationMs + LATENCY);
    const few = context.quick ? context.small / 2 : INSIDE_LIMITS;
    const settings = { mixture: 'slow', operationMs, throttling: false } as const;
    const inside = await applied(context, { name: 'apply-few', resources: few, ...settings });
    const display = await replayProgress(context, few, inside.usage.milliseconds);
    const beyond = await applied(context, { name: 'apply-many', resources: context.small, ...settings });
    return [
      against(`apply of ${few} in ${DEPTH} levels, against the critical path`, inside, critical, 1.2),
      requestsRow(few, inside),
      against(`apply of ${context.small} in ${DEPTH} levels, against the critical path`, beyond, critical, 1.2),
      requestsRow(context.small, beyond),
      compare(
        'share of the progress display in processor time',
        time(display),
        display,
        display + inside.usage.cpu,
        0.05,
      ),
    ];
  },
};

/** As many writes as Azure lets through: its limits are on, and are the bound. */
export const throttling: Measurement = {
  name: 'throttling',
  async run(context) {
    const resources = context.small;
    const mixture = 'quick';
    const many = await applied(context, { name: 'throttled', resources, mixture, operationMs: 0, throttling: true });
    const { requests, throttled } = many.traffic;
    return [
      against(`${resources} writes, against the limits of ARM`, many, Math.max(LATENCY, (resources - 200) * 100), 1.1),
      compare('answers that say 429', `${throttled} of ${requests} requests`, throttled, requests, 0.01),
    ];
  },
};
