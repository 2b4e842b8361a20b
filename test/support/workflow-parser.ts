import { registerHooks } from 'node:module';

// The package imports its schemas without saying that they are JSON, which Node refuses.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (!found.url.includes('@actions/workflow-parser') || !found.url.endsWith('.json')) return found;
    return { ...found, importAttributes: { type: 'json' } };
  },
});
const parser = await import('@actions/workflow-parser');
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
hooks.deregister();

/** What GitHub's own reader of workflows finds wrong with a file, and how many jobs it has. */
export async function readByGithub(name: string, content: string): Promise<{ errors: string[]; jobs: number }> {
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
  const errors = context.errors.getErrors().map((error) => error.message);
  if (!value) return { errors, jobs: 0 };
  const template = await parser.convertWorkflowTemplate(context, value);
  const later = (template.errors ?? []).map((error) => error.Message);
  return { errors: [...new Set([...errors, ...later])], jobs: template.jobs?.length ?? 0 };
}

/** The same for the description of an action. */
export function readActionByGithub(content: string): string[] {
  const { context } = parseAction({ name: 'action.yml', content }, new parser.NoOperationTraceWriter());
  return context.errors.getErrors().map((error) => error.message);
}
