import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';

/** Prints a script that completes commands and options. It is made from the command line's own description. */
export async function completion(io: Io, _options: GlobalOptions, shell: string, program: Command): Promise<number> {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    text: command.summary(),
    flags: flagsOf(command),
  }));
  const shared = flagsOf(program);
  const script = scripts[shell]?.(commands, shared);
  if (script === undefined) {
    io.say([`There is no completion for "${shell}". Known: ${Object.keys(scripts).join(', ')}.`]);
    return exitCodes.usage;
  }
  io.write(script);
  return exitCodes.ok;
}

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly flags: readonly string[];
}

function flagsOf(command: Command): string[] {
  return command.options
    .filter((option) => !option.hidden)
    .flatMap((option) => [option.long, option.short].filter((flag) => flag !== undefined && flag !== null));
}

const scripts: Readonly<Record<string, (commands: readonly Entry[], shared: readonly string[]) => string>> = {
  bash: (commands, shared) => `_ingate() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map((command) => command.name).join(' ')}"
  else case "\${COMP_WORDS[1]}" in
${commands.map(({ name, flags }) => `    ${name}) words="${[...flags, ...shared].join(' ')}" ;;`).join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _ingate ingate
`,
  zsh: (commands, shared) => `#compdef ingate
_ingate() {
  if (( CURRENT == 2 )); then
    local -a commands=(${commands.map(({ name, text }) => `'${name}:${text.replaceAll("'", '')}'`).join(' ')})
    _describe command commands
  else case $words[2] in
${commands.map(({ name, flags }) => `    ${name}) compadd -- ${[...flags, ...shared].join(' ')} ;;`).join('\n')}
  esac; fi
}
compdef _ingate ingate
`,
  fish: (
    commands,
    shared,
  ) => `${commands.map(({ name, text }) => `complete -c ingate -n __fish_use_subcommand -f -a ${name} -d '${text.replaceAll("'", '')}'`).join('\n')}
${commands.flatMap(({ name, flags }) => longFlags([...flags, ...shared]).map((flag) => `complete -c ingate -n '__fish_seen_subcommand_from ${name}' -l ${flag}`)).join('\n')}
`,
};

function longFlags(flags: readonly string[]): string[] {
  return flags.filter((flag) => flag.startsWith('--')).map((flag) => flag.slice(2));
}
