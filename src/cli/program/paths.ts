import type { Argument, Command, Option } from 'commander';
import { filePath } from '../file-path.ts';

/**
 * Value names of options and arguments that are paths: what is declared as `--out <file>` reaches its command as a
 * `FilePath`, resolved. Nothing else of the command line is a path.
 */
export const PATH_NAMES: ReadonlySet<string> = new Set(['file', 'files', 'folder', 'plan', 'plans', 'report']);

/** The name between the brackets of an option that takes a value, such as `file` in `--out <file>`. */
export function valueName({ flags }: Pick<Option, 'flags'>): string | undefined {
  return /[<[]([\w-]+)(?:\.\.\.)?[>\]]/.exec(flags)?.[1];
}

/** Options of a command with its paths resolved; `cwd` is where the command was started, absolute. */
export function resolvedOptions(target: Command, started: string): Record<string, unknown> {
  const values: Record<string, unknown> = { ...target.optsWithGlobals<Record<string, unknown>>(), cwd: started };
  for (const option of target.options) {
    const name = option.attributeName();
    if (PATH_NAMES.has(valueName(option) ?? '')) values[name] = resolved(started, values[name]);
  }
  return values;
}

/** Arguments of a command with its paths resolved. */
export function resolvedArguments(target: Command, received: readonly unknown[], started: string): unknown[] {
  const declared: readonly Argument[] = target.registeredArguments;
  return received.map((value, index) =>
    PATH_NAMES.has(declared[index]?.name() ?? '') ? resolved(started, value) : value,
  );
}

function resolved(started: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(started, one));
  return typeof value === 'string' ? filePath(started, value) : value;
}
