import type { Context, Measurement } from '../context.ts';
import { timed } from '../process.ts';
import { compare, inform, median, time } from '../result.ts';

/** Milliseconds of Node without any program. */
export async function bareStart(context: Context): Promise<number> {
  return repeated(context, ['-e', '0']);
}

async function repeated(context: Context, args: readonly string[]): Promise<number> {
  const values: number[] = [];
  await timed(process.execPath, args);
  for (let round = 0; round < context.repeat; round++) values.push(await timed(process.execPath, args));
  return median(values);
}

/** How fast the command line answers when it has nothing to do. The first start after an install is left out. */
export const start: Measurement = {
  name: 'start',
  async run(context) {
    const bare = await bareStart(context);
    const version = await repeated(context, [context.entry, '--version']);
    const help = await repeated(context, [context.entry, '--help']);
    return [
      inform('bare node', time(bare)),
      compare('--version, against bare node', time(version), version, bare, 1.3),
      inform('--help', `${time(help)}, ${(help / bare).toFixed(1)} x bare node`),
    ];
  },
};
