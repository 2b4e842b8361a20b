import { AzureError } from '../../model/azure.ts';
import type { Plan } from '../../model/plan.ts';
import { planEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { baseFromGit } from '../base.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { connectTo, type Opened } from '../session.ts';
import { TOOL } from '../version.ts';

/** What an apply of a promotion would do, or why nobody knows. */
export type Outlook = { readonly plan: Plan } | { readonly environment: string; readonly failure: string };

/**
 * Plans an environment as its files will be. Reads only. Bound to no commit, so that it says the same while nothing changes for
 * the environment; it is for reading and cannot be applied. That Azure cannot be read is part of the answer: whoever proposes a
 * promotion need not be somebody who may read where it goes.
 */
export async function outlookOf(io: Io, opened: Opened, options: GlobalOptions): Promise<Outlook> {
  const { project, environment, scope, graph } = opened;
  const unknown = (failure: string): Outlook => ({ environment: scope.name, failure });
  try {
    const connection = await connectTo(io, opened, options);
    try {
      const planned = await planEnvironment({
        environment,
        graph,
        scope,
        kinds: registry,
        reader: connection.reader,
        prune: false,
        tool: TOOL,
        head: { commit: null, dirty: false },
        baseSource: baseFromGit(project.root, scope),
      });
      if (planned.plan) return { plan: planned.plan };
      return unknown(planned.diagnostics.map((one) => `${one.code} ${one.message}`).join('\n'));
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof AzureError) return unknown(error.message);
    throw error;
  }
}
