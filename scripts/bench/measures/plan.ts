import { join } from 'node:path';
import { startAzure, type Traffic } from '../azure.ts';
import { LATENCY, type Context, type Measurement } from '../context.ts';
import { writeProject } from '../environment.ts';
import { fill, ingate, type Usage } from '../process.ts';
import { compare, inform, skip, time, type Row } from '../result.ts';
import { hasTerraform, terraformPlan } from '../terraform.ts';
import { bareStart } from './start.ts';

/** Rounds of calls that a plan cannot make at once with the lists: the group first tells whether there is anything. */
const ROUNDS_BESIDE_PAGES = 1;

interface Planned {
  readonly usage: Usage;
  readonly traffic: Traffic;
}

/** A plan of what is applied already, the second of two, so that compiled code is cached as on any machine in use. */
async function noOpPlan(context: Context, resources: number): Promise<Planned> {
  const project = writeProject(join(context.folder, `plan-${resources}`), resources, 'mixed');
  const filler = await startAzure({ project, latencyMs: 0, operationMs: 0, throttling: false });
  try {
    await fill(project);
  } finally {
    await filler.stop();
  }
  const azure = await startAzure({ project, latencyMs: LATENCY, operationMs: 0, throttling: false });
  try {
    const args = ['plan', '-e', 'dev', '--detailed-exitcode', '-C', project];
    await ingate(context, args);
    await azure.traffic();
    const usage = await ingate(context, args);
    return { usage, traffic: await azure.traffic() };
  } finally {
    await azure.stop();
  }
}

function rowsOf(resources: number, { usage, traffic }: Planned, bare: number): Row[] {
  const rounds = traffic.pages + ROUNDS_BESIDE_PAGES;
  const bound = LATENCY * rounds + bare;
  return [
    compare(
      `plan of ${resources}, nothing to do, against its lower bound`,
      `${time(usage.milliseconds)} of ${time(bound)} (${rounds} rounds)`,
      usage.milliseconds,
      bound,
      2,
    ),
    compare(
      `plan of ${resources}, GETs of single resources per resource`,
      `${traffic.single} of ${traffic.requests} requests`,
      traffic.single,
      resources,
      0.01,
    ),
  ];
}

const MEGABYTE = 1024 * 1024;

/** The same number of resources in Terraform, which calls no network for them. Skipped where it is not installed. */
async function terraformRows(context: Context, resources: number, { usage }: Planned, goal: number): Promise<Row[]> {
  const what = `plan of ${resources}, against Terraform`;
  const names = { time: what, memory: `${what}, memory` };
  if (!hasTerraform()) return Object.values(names).map((name) => skip(name, 'there is no terraform on PATH'));
  const { milliseconds, memory } = await terraformPlan(context.folder, resources);
  const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(0)} MB`;
  return [
    compare(names.time, `${time(usage.milliseconds)} of ${time(milliseconds)}`, usage.milliseconds, milliseconds, goal),
    memory === undefined
      ? skip(names.memory, 'this system does not tell')
      : compare(names.memory, `${megabytes(usage.memory)} of ${megabytes(memory)}`, usage.memory, memory, 0.2),
  ];
}

export const plan: Measurement = {
  name: 'plan',
  async run(context) {
    const bare = await bareStart(context);
    const small = await noOpPlan(context, context.small);
    const large = await noOpPlan(context, context.large);
    const factor = context.large / context.small;
    return [
      ...rowsOf(context.small, small, bare),
      ...rowsOf(context.large, large, bare),
      compare(
        `plan, growth from ${context.small} to ${context.large}`,
        `${time(small.usage.milliseconds)} to ${time(large.usage.milliseconds)}`,
        large.usage.milliseconds,
        small.usage.milliseconds,
        factor * 1.05,
      ),
      compare(
        `plan of ${context.large}, peak memory against 400 MB`,
        `${(large.usage.memory / MEGABYTE).toFixed(0)} MB`,
        large.usage.memory,
        400 * MEGABYTE,
        1,
      ),
      inform(`plan of ${context.large}, processor time`, time(large.usage.cpu)),
      ...(await terraformRows(context, context.small, small, 0.15)),
      ...(await terraformRows(context, context.large, large, 0.06)),
    ];
  },
};
