import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Commands that only read or write files, or describe kinds, fields and codes. */
export function addFileCommands({ command, runs }: Registrar): void {
  const render = command(
    'render',
    'print the environment after `extends`, defaults and files are applied',
    'ingate render -e prod',
  )
    .addOption(environmentOption)
    .addOption(formatOption('yaml', 'json'));
  runs(render, async () => (await import('../commands/render.ts')).render);

  const graph = command('graph', 'print the dependency graph', 'ingate graph -e dev -o mermaid')
    .addOption(environmentOption)
    .addOption(formatOption('mermaid', 'dot'));
  runs(graph, async () => (await import('../commands/graph.ts')).graph);

  const explain = command(
    'explain [subject]',
    'describe a kind, one of its fields, or a problem code',
    'ingate explain',
    'ingate explain ModelDeployment',
    'ingate explain ContainerApp.containers.env',
    'ingate explain lifecycle.preventDestroy',
    'ingate explain Agent --example',
    'ingate explain ING3001',
  )
    .option('--example', 'print a manifest of the kind')
    .addOption(formatOption('text', 'json'));
  runs(explain, async () => (await import('../commands/explain.ts')).explain);

  const schema = command(
    'schema [kind]',
    'print the JSON Schema of manifests, of one kind, or of the plan',
    'ingate schema',
    'ingate schema Agent',
    'ingate schema plan',
  );
  runs(schema, async () => (await import('../commands/schema.ts')).schema);

  const fmt = command(
    'fmt [files...]',
    'write manifests in canonical form, keeping comments',
    'ingate fmt',
    'ingate fmt --check',
  ).option('--check', 'change nothing; exit with 1 if a file would change', false);
  runs(fmt, async () => (await import('../commands/fmt.ts')).fmt);

  const completion = command(
    'completion <shell>',
    'print a completion script for bash, zsh, fish or powershell',
    'source <(ingate completion bash)',
    'ingate completion fish | source',
    'ingate completion powershell | Out-String | Invoke-Expression',
  );
  runs(completion, async () => (await import('../commands/completion.ts')).completion);
}
