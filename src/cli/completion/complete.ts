import type { Command, Option } from 'commander';
import { cursorAfter, optionsOf, type Cursor } from './words.ts';
import { sourceOf, valueWord, type Source } from './sources.ts';
import { suggestionsOf, type Names, type Suggestion } from './suggest.ts';

/** What a shell offers at the cursor. */
export interface Completion {
  readonly suggestions: readonly Suggestion[];
  /** What the shell adds by itself: names of files, of folders, or nothing. */
  readonly add: 'files' | 'folders' | 'nothing';
}

/**
 * Completes the word `current` behind the words `before` it. `namesFor` is asked for the names of a project only where they
 * are needed; it gets the folder and the environment of the command line, each absent where it says nothing.
 */
export function complete(
  program: Command,
  before: readonly string[],
  current: string,
  namesFor: (folder: string | undefined, environment: string | undefined) => Names,
): Completion {
  const helped = before[0] === 'help';
  const cursor = cursorAfter(program, helped ? before.slice(1) : before);
  const names = (): Names => namesFor(cursor.values.get('--cwd'), cursor.values.get('--environment'));
  if (helped) return startingWith(current, { suggestions: commandsOf(cursor.command), add: 'nothing' });
  const inline = /^(--[^=]+)=(.*)$/s.exec(current);
  if (inline && cursor.optionsAllowed) {
    const [, flag = '', value = ''] = inline;
    const option = optionsOf(cursor.command).find(({ long }) => long === flag);
    const found = option ? startingWith(value, valuesOf(cursor, option, names, value)) : NONE;
    return { ...found, suggestions: found.suggestions.map((one) => ({ ...one, word: `${flag}=${one.word}` })) };
  }
  if (cursor.option && !(cursor.optionsAllowed && current.startsWith('-')))
    return startingWith(current, valuesOf(cursor, cursor.option, names, current));
  if (cursor.optionsAllowed && current.startsWith('-'))
    return startingWith(current, { suggestions: flagsAt(cursor), add: 'nothing' });
  return startingWith(current, argumentsAt(cursor, names, current));
}

const NONE: Completion = { suggestions: [], add: 'nothing' };

function startingWith(typed: string, { suggestions, add }: Completion): Completion {
  const wanted = typed.toLowerCase();
  const exact = suggestions.filter(({ word }) => word.startsWith(typed));
  const alike = exact.length > 0 ? exact : suggestions.filter(({ word }) => word.toLowerCase().startsWith(wanted));
  return { suggestions: alike, add };
}

function argumentsAt(cursor: Cursor, names: () => Names, typed: string): Completion {
  const commands = cursor.before.length === 0 ? commandsOf(cursor.command) : [];
  if (!cursor.argument) {
    const isGroup = cursor.command.commands.length > 0;
    const suggestions = isGroup || !cursor.optionsAllowed ? commands : flagsAt(cursor);
    return { suggestions, add: 'nothing' };
  }
  const { argChoices } = cursor.argument;
  if (argChoices) return { suggestions: [...commands, ...argChoices.map((word) => ({ word }))], add: 'nothing' };
  const source = sourceOf(cursor.path, cursor.argument.name());
  const found = fromSource(source, names, typed);
  const fresh = found.suggestions.filter(({ word }) => !cursor.before.includes(word));
  return { suggestions: [...commands, ...fresh], add: found.add };
}

function valuesOf(cursor: Cursor, option: Option, names: () => Names, typed: string): Completion {
  if (option.argChoices) return { suggestions: option.argChoices.map((word) => ({ word })), add: 'nothing' };
  return fromSource(sourceOf(cursor.path, valueWord(option.flags) ?? '', option.long ?? undefined), names, typed);
}

function fromSource(source: Source | undefined, names: () => Names, typed: string): Completion {
  if (source === undefined || source.of === 'anything') return NONE;
  if (source.of === 'file') return { suggestions: [], add: 'files' };
  if (source.of === 'folder') return { suggestions: [], add: 'folders' };
  return { suggestions: suggestionsOf(source, names(), typed), add: 'nothing' };
}

function commandsOf(command: Command): Suggestion[] {
  return command.commands
    .filter((one) => one.name() !== 'help')
    .map((one) => ({ word: one.name(), text: one.summary() || one.description() }));
}

/** Long names of options that were not given yet, or may be given again. */
function flagsAt({ command, values }: Cursor): Suggestion[] {
  const given = optionsOf(command).filter(({ long, variadic }) => variadic || !values.has(long ?? ''));
  const flags = given.flatMap(({ long, description }) => (long ? [{ word: long, text: description }] : []));
  return [...flags, { word: '--help', text: 'display help for command' }];
}
