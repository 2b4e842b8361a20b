import { join } from 'node:path';
import type { Context, Measurement } from '../context.ts';
import { writeProject } from '../environment.ts';
import { ingate, type Usage } from '../process.ts';
import { compare, inform, median, time } from '../result.ts';

/** The middle of a few runs after a first one, so that compiled code is cached. */
async function validated(context: Context, resources: number): Promise<Usage> {
  const project = writeProject(join(context.folder, `validate-${resources}`), resources, 'mixed');
  const args = ['validate', '-e', 'dev', '-C', project];
  await ingate(context, args);
  const runs: Usage[] = [];
  for (let round = 0; round < Math.min(context.repeat, 3); round++) runs.push(await ingate(context, args));
  const middle = median(runs.map(({ milliseconds }) => milliseconds));
  return runs.find(({ milliseconds }) => milliseconds === middle) ?? Promise.reject(new Error('No run was measured'));
}

/** Reading and checking files, without any network. */
export const validate: Measurement = {
  name: 'validate',
  async run(context) {
    const { small, large } = context;
    const [few, many] = [await validated(context, small), await validated(context, large)];
    return [
      inform(`validate of ${small}`, time(few.milliseconds)),
      inform(`validate of ${large}`, `${time(many.milliseconds)}, ${(many.memory / 2 ** 20).toFixed(0)} MB`),
      compare(
        `validate, growth from ${small} to ${large}`,
        `${time(few.milliseconds)} to ${time(many.milliseconds)}`,
        many.milliseconds,
        few.milliseconds,
        (large / small) * 1.05,
      ),
    ];
  },
};
