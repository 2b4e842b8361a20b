import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly cwd: string;
  readonly color: boolean;
  readonly debug: boolean;
}

const environmentOption = new Option('-e, --environment <name>', 'environment: a folder below environments/').env(
  'INGATE_ENVIRONMENT',
);
const formatOption = (...formats: readonly string[]): Option =>
  new Option('-o, --output <format>', 'form of the output').choices([...formats]).default(formats[0]);

/** Builds the command line. Nothing but commander is loaded until a command runs. */
export function createProgram(io: Io, finish: (code: number) => void): Command {
  const program = new Command('ingate')
    .description('Declarative GitOps for GenAI systems on Azure: plan, gates, rollouts and drift from YAML in Git.')
    .version(VERSION, '-V, --version', 'print the version')
    .option('-C, --cwd <folder>', 'run as if started there', '.')
    .option('--no-color', 'no colour in the output')
    .option('--debug', 'show every request to Azure, and traces of errors', false)
    .exitOverride()
    .configureOutput({
      writeOut: io.write,
      writeErr: (text) =>
        io.say(
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => [line]),
        ),
    })
    .showHelpAfterError('See `ingate help`.')
    .addHelpText('after', examples('ingate validate -e dev', 'ingate plan -e dev', 'ingate apply -e dev --yes'));

  const command = (spec: string, summary: string, ...samples: readonly string[]): Command => {
    return program
      .command(spec)
      .summary(summary)
      .description(summary)
      .addHelpText('after', examples(...samples));
  };
  /** Hands parsed options to the command's file, which is loaded only now. */
  const runs = (
    target: Command,
    load: () => Promise<(io: Io, options: never, ...args: never[]) => Promise<number>>,
  ): void => {
    target.action(async (...received: unknown[]) => {
      const args = received.slice(0, -2) as never[];
      const run = await load();
      finish(await run(io, target.optsWithGlobals<never>(), ...args));
    });
  };

  const validate = command(
    'validate',
    'check the files of an environment; no network',
    'ingate validate',
    'ingate validate -e prod -o json',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(validate, async () => (await import('./commands/validate.ts')).validate);

  const plan = command(
    'plan',
    'show what apply would do; reads only',
    'ingate plan -e dev',
    'ingate plan -e prod --out prod.plan --detailed-exitcode',
  )
    .alias('diff')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown'))
    .option('--out <file>', 'save the plan, for `ingate apply FILE`')
    .option('--prune', 'delete what is marked as ours and no longer in Git', false)
    .option('--detailed-exitcode', 'exit with 2 for pending changes, 4 for drift, 6 for both', false);
  runs(plan, async () => (await import('./commands/plan.ts')).plan);

  const apply = command(
    'apply [plan]',
    'make Azure match the files, or apply exactly a saved plan',
    'ingate apply -e dev',
    'ingate apply prod.plan',
    'ingate apply -e qa --yes -o json',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'))
    .option('-y, --yes', 'do not ask', false)
    .addOption(new Option('--auto-approve', 'same as --yes').hideHelp())
    .option('--prune', 'delete what is marked as ours and no longer in Git', false)
    .option('--plan-hash <digest>', 'refuse unless the plan made now has this digest')
    .option('--parallelism <n>', 'most changes at once', parsePositive, 32);
  runs(apply, async () => (await import('./commands/apply.ts')).apply);

  const render = command(
    'render',
    'print the environment as it is after `extends`, defaults and files',
    'ingate render -e prod',
  )
    .addOption(environmentOption)
    .addOption(formatOption('yaml', 'json'));
  runs(render, async () => (await import('./commands/render.ts')).render);

  const graph = command('graph', 'print the dependency graph', 'ingate graph -e dev -o mermaid')
    .addOption(environmentOption)
    .addOption(formatOption('mermaid', 'dot'));
  runs(graph, async () => (await import('./commands/graph.ts')).graph);

  const explain = command(
    'explain [subject]',
    'describe a kind, one of its fields, or a problem code',
    'ingate explain ModelDeployment',
    'ingate explain ContainerApp.scale.minReplicas',
    'ingate explain ING3001',
  );
  runs(explain, async () => (await import('./commands/explain.ts')).explain);

  const schema = command(
    'schema [kind]',
    'print the JSON Schema of manifests, of one kind, or of the plan',
    'ingate schema',
    'ingate schema Agent',
    'ingate schema plan',
  );
  runs(schema, async () => (await import('./commands/schema.ts')).schema);

  const fmt = command(
    'fmt [files...]',
    'write manifests in canonical form, keeping comments',
    'ingate fmt',
    'ingate fmt --check',
  ).option('--check', 'change nothing, exit with 1 when a file would change', false);
  runs(fmt, async () => (await import('./commands/fmt.ts')).fmt);

  const completion = command(
    'completion <shell>',
    'print a completion script for bash, zsh or fish',
    'source <(ingate completion bash)',
  );
  runs(completion, async () => {
    const { completion: run } = await import('./commands/completion.ts');
    return (out: Io, options: GlobalOptions, shell: string) => run(out, options, shell, program);
  });

  const local = command(
    'local',
    'the embedded Azure, for trying things without an account',
    'ingate local start',
    'ingate local start --tls --seed seed.yaml --throttle',
    'ingate local status',
    'ingate local reset',
  );
  const stateOption = (): Option =>
    new Option('--state <folder>', 'keep the state there instead of in the project; no project is needed');
  const start = local
    .command('start')
    .description('run it until interrupted; environments with `cloud: local` use it')
    .option('--port <n>', 'port to listen on; 0 takes a free one', parsePort, 4280)
    .option('--tls', 'take https on the same port, with a certificate made for it', false)
    .addOption(stateOption())
    .option('--seed <file>', 'resources and requests that fill an empty state')
    .option('--faults <file>', 'what is to go wrong')
    .option('--throttle', "refuse requests beyond Azure Resource Manager's limits", false)
    .option('--virtual-clock', 'time stands still until it is advanced over HTTP', false);
  runs(start, async () => (await import('./commands/local.ts')).localStart);
  runs(
    local.command('status').description('say whether it runs, and what it holds').addOption(stateOption()),
    async () => (await import('./commands/local.ts')).localStatus,
  );
  runs(
    local.command('reset').description('forget everything it holds').addOption(stateOption()),
    async () => (await import('./commands/local.ts')).localReset,
  );
  return program;
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new CommanderError(exitCodes.usage, 'ingate.number', `error: "${text}" is not a whole number`);
  return value;
}

function parsePort(text: string): number {
  const port = parsePositive(text);
  if (port > 65_535) throw new CommanderError(exitCodes.usage, 'ingate.port', `error: there is no port ${text}`);
  return port;
}
