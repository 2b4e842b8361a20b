import { resolve } from 'node:path';
import type { Command } from 'commander';
import { complete } from '../completion/complete.ts';
import { namesIn } from '../completion/suggest.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/**
 * Answers the scripts of `ingate completion`. The first argument is `=` and the unfinished word, so that none is ever empty;
 * the others are the words between `ingate` and the cursor. Prints a line per suggestion, `word<TAB>description`, and last
 * `:files`, `:folders` or `:nothing`, which the shell is to add. Reads files of the project only.
 */
export async function completeWord(io: Io, args: readonly string[], program: Command): Promise<number> {
  const [first = '=', ...before] = args;
  const { suggestions, add } = complete(program, before, first.replace(/^=/, ''), (folder, environment) =>
    namesIn(resolve(io.cwd, folder ?? '.'), environment ?? io.env['INGATE_ENVIRONMENT']),
  );
  const plain = suggestions.filter(({ word }) => PLAIN.test(word));
  const lines = plain.map(({ word, text }) => `${word}\t${oneLine(text ?? '')}`);
  io.write(`${[...lines, `:${add}`].join('\n')}\n`);
  return exitCodes.ok;
}

const MOST = 90;

/** Names come from files that anybody may have written: what a shell would not read as one plain word is left out. */
const PLAIN = /^[\p{L}\p{N}._/@:=,+-]+$/u;

function oneLine(text: string): string {
  const flat = text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  return flat.length > MOST ? `${flat.slice(0, MOST - 1)}…` : flat;
}
