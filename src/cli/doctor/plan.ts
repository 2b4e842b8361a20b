import type { Connection } from '../../azure/connect.ts';
import { readHead } from '../../git/head.ts';
import type { AzureReader } from '../../model/azure.ts';
import { isAzureError } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Prospect } from '../../model/kind.ts';
import type { Plan } from '../../model/plan.ts';
import { createSites } from '../../model/site.ts';
import { planEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { baseFromGit } from '../base.ts';
import { countChanges } from '../render/summary.ts';
import type { Opened } from '../session.ts';
import { TOOL } from '../version.ts';
import { fail, failedAs, failedCall, pass, warn, type Check } from './check.ts';

/** Told by a check of its own. */
const PROVIDER = 'ING3009';
/** Quota, models, and what Azure could not be asked about them. */
const MODELS: ReadonlySet<string> = new Set(['ING3010', 'ING3011', 'ING3012', 'ING3013']);

/** Whether the subscription is registered for every provider, and what a plan made now says of models, quota and refusals. */
export async function planChecks(opened: Opened, { reader }: Connection): Promise<Check[]> {
  return [await providerCheck(opened, reader), ...(await preflightChecks(opened, reader))];
}

async function providerCheck({ graph, scope }: Opened, reader: AzureReader): Promise<Check> {
  const sites = createSites(
    graph,
    scope,
    () => undefined,
    () => undefined,
  );
  const prospects = [...graph.values()].map((node): Prospect => {
    const step = {
      id: node.id,
      azureType: node.definition.azureType,
      address: null,
      dependsOn: [],
      risk: [],
      unchecked: [],
    };
    return {
      change: { ...step, action: 'create', after: node.spec },
      definition: node.definition,
      site: sites.siteOf(node),
    };
  });
  try {
    const found =
      (await registry.get('Environment')?.preflight?.(reader, prospects, scope, new Date(reader.now()))) ?? [];
    const [first] = found;
    if (!first) return pass('providers', 'The subscription is registered for every resource provider');
    return fail('providers', found.map((one) => one.message).join('; '), found.map((one) => one.hint ?? '').join('; '));
  } catch (error) {
    if (isAzureError(error)) return failedCall('providers', error);
    throw error;
  }
}

async function preflightChecks(
  { project, environment, scope, graph, watched }: Opened,
  reader: AzureReader,
): Promise<Check[]> {
  const planned = await planEnvironment({
    environment,
    graph,
    scope,
    kinds: registry,
    reader,
    prune: false,
    tool: TOOL,
    head: await readHead(project.root, watched),
    baseSource: baseFromGit(project.root, scope),
  });
  if (!planned.plan) return planned.diagnostics.map((one) => failedAs('plan', one));
  const { plan } = planned;
  const told = [...plan.refusals, ...plan.warnings].filter((one) => one.code !== PROVIDER);
  const models = told.filter((one) => MODELS.has(one.code));
  const modelChecks = declaresModels(plan)
    ? models.length === 0
      ? [pass('models', 'The region offers the declared models, and there is quota for what the plan adds')]
      : models.map(fromDiagnostic('models'))
    : models.map(fromDiagnostic('preflight'));
  const others = told.filter((one) => !models.includes(one)).map(fromDiagnostic('plan'));
  return [...modelChecks, ...others, ...(others.length === 0 ? [summaryOf(plan)] : [])];
}

function declaresModels({ changes }: Plan): boolean {
  return changes.some(({ id }) => id.startsWith('ModelDeployment/'));
}

function fromDiagnostic(id: string): (diagnostic: Diagnostic) => Check {
  return (diagnostic) => {
    if (diagnostic.severity === 'error') return failedAs(id, diagnostic);
    return warn(id, diagnostic.message, diagnostic.hint ?? `ingate explain ${diagnostic.code}`);
  };
}

function summaryOf(plan: Plan): Check {
  const { add, change, destroy } = countChanges(plan);
  return pass('plan', `A plan can be made: ${add} to add, ${change} to change, ${destroy} to destroy`);
}
