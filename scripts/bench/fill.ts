// Creates what a project declares in the embedded Azure that runs for it, without keeping to Azure's limits as `ingate apply`
// does: ten thousand writes would take a quarter of an hour. To prepare measurements: node fill.ts PROJECT
import { systemClock, type Clock } from '../../src/azure/clock.ts';
import { connect } from '../../src/azure/connect.ts';
import { baseFromGit } from '../../src/cli/base.ts';
import { environmentFolder, openProject } from '../../src/cli/project.ts';
import { planEnvironment, validateEnvironment } from '../../src/planner/index.ts';
import { applyPlan } from '../../src/reconcilers/apply.ts';
import { registry } from '../../src/reconcilers/registry.ts';
import { stateFolderOf } from './azure.ts';

const impatient: Clock = { ...systemClock, sleep: (_, signal) => systemClock.sleep(1, signal) };

const folder = process.argv[2] ?? '';
const project = openProject(folder);
if ('code' in project) throw new Error(project.message);
const files = { files: project.files, folder: environmentFolder(project, 'dev'), kinds: registry };
const { environment, scope, graph, diagnostics } = validateEnvironment(files);
if (!environment || !scope || !graph) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
const connection = await connect({ scope, stateFolder: stateFolderOf(folder), userAgent: 'bench', clock: impatient });
const planned = await planEnvironment({
  environment,
  graph,
  scope,
  kinds: registry,
  reader: connection.reader,
  prune: false,
  anew: false,
  tool: 'bench',
  head: { commit: null, dirty: false },
  baseSource: baseFromGit(folder, scope),
});
if (!planned.plan) throw new Error(planned.diagnostics.map(({ message }) => message).join('\n'));
const { signal } = new AbortController();
const { outcomes, complete } = await applyPlan({
  plan: planned.plan,
  state: planned.state,
  graph,
  scope,
  reconcilers: registry,
  azure: connection.azure,
  files: project.files,
  probe: connection.probe,
  generation: 0,
  secret: () => Promise.reject(new Error('No secrets in a benchmark')),
  parallelism: 32,
  stop: signal,
  abort: signal,
  now: Date.now,
  onEvent: () => undefined,
});
await connection.close();
if (!complete)
  throw new Error(outcomes.find(({ problem }) => problem)?.problem?.message ?? 'Not everything was created');
