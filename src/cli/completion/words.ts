import type { Argument, Command, Option } from 'commander';

/** Where the cursor of an unfinished command line stands. */
export interface Cursor {
  /** The innermost command that the words before the cursor name. */
  readonly command: Command;
  /** Names of it and of the commands around it, without the program's: `gate report`. */
  readonly path: string;
  /** The option whose value stands at the cursor; absent where an argument or an option does. */
  readonly option?: Option;
  /** The argument at the cursor; absent where the command takes no more. */
  readonly argument?: Argument;
  /** Options may stand here: there was no `--`, and no option waits for its value. */
  readonly optionsAllowed: boolean;
  /** Arguments before the cursor. */
  readonly before: readonly string[];
  /** Last value of every option before the cursor, by its long name with dashes; empty for one without a value. */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the words between the name of the program and the cursor the way that commander will. Unknown words are passed over. */
export function cursorAfter(program: Command, words: readonly string[]): Cursor {
  let state: Reading = { command: program, path: [], before: [], values: new Map(), pending: undefined, ended: false };
  for (const word of words) state = read(state, word);
  const { command, path, before, values, pending, ended } = state;
  const argument = argumentAt(command, before.length);
  return {
    command,
    path: path.join(' '),
    ...(pending === undefined ? {} : { option: pending }),
    ...(argument === undefined ? {} : { argument }),
    optionsAllowed: !ended && (pending === undefined || pending.optional || pending.variadic),
    before,
    values,
  };
}

/** Options that may stand behind a command: those of it and of every command around it, without hidden ones. */
export function optionsOf(command: Command): Option[] {
  const outer = command.parent ? optionsOf(command.parent) : [];
  return [...command.options.filter((option) => !option.hidden), ...outer];
}

interface Reading {
  readonly command: Command;
  readonly path: readonly string[];
  readonly before: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly pending: Option | undefined;
  readonly ended: boolean;
}

function read(state: Reading, word: string): Reading {
  const { command, pending, before } = state;
  if (state.ended) return { ...state, before: [...before, word] };
  if (pending && (pending.required || !word.startsWith('-')) && !(pending.variadic && word.startsWith('-')))
    return { ...withValue(state, pending, word), pending: pending.variadic ? pending : undefined };
  if (word === '--') return { ...state, pending: undefined, ended: true };
  if (word.startsWith('-') && word !== '-') return readOption({ ...state, pending: undefined }, word);
  const inner = before.length === 0 ? innerCommand(command, word) : undefined;
  if (inner) return { ...state, command: inner, path: [...state.path, inner.name()], pending: undefined };
  return { ...state, before: [...before, word], pending: undefined };
}

function readOption(state: Reading, word: string): Reading {
  const [flag = '', ...value] = word.split('=');
  const option = optionsOf(state.command).find(({ long, short }) => flag === long || flag === short);
  if (!option) return state;
  if (value.length > 0) return withValue(state, option, value.join('='));
  const seen = withValue(state, option, '');
  return option.required || option.optional ? { ...seen, pending: option } : seen;
}

function withValue(state: Reading, option: Option, value: string): Reading {
  return { ...state, values: new Map([...state.values, [option.long ?? option.short ?? '', value]]) };
}

function innerCommand(command: Command, word: string): Command | undefined {
  return command.commands.find((one) => one.name() === word || one.aliases().includes(word));
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const { registeredArguments: all } = command;
  const last = all.at(-1);
  return all[index] ?? (last?.variadic ? last : undefined);
}
