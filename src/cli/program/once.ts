import type { Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';

/**
 * Counts how often options with one value are given to a command and those above it. The check, which runs before the
 * command does, refuses one that was given twice: the last would win without a word.
 */
export function countOptions(): {
  readonly watch: (target: Command) => void;
  readonly check: (target: Command) => void;
} {
  const given = new Map<Command, Map<string, number>>();
  return {
    watch(target) {
      const counts = new Map<string, number>();
      given.set(target, counts);
      for (const option of target.options.filter(takesOneValue)) {
        const name = option.long ?? option.flags;
        target.on(`option:${option.name()}`, () => counts.set(name, (counts.get(name) ?? 0) + 1));
      }
    },
    check(target) {
      const line = lineOf(target);
      for (const option of line.flatMap(({ options }) => options)) {
        const name = option.long ?? option.flags;
        const times = line.reduce((sum, one) => sum + (given.get(one)?.get(name) ?? 0), 0);
        if (times > 1)
          target.error(`error: option '${option.flags}' is given ${times} times, and takes one value`, {
            exitCode: exitCodes.usage,
            code: 'ingate.repeated',
          });
      }
    },
  };
}

/** False for flags and for options that collect values. */
function takesOneValue(option: Option): boolean {
  return (option.required || option.optional) && !option.variadic && !Array.isArray(option.defaultValue);
}

/** A command and those above it. */
function lineOf(target: Command): Command[] {
  return target.parent ? [target, ...lineOf(target.parent)] : [target];
}
