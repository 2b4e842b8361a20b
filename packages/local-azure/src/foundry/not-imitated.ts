import { FoundryError } from './shared/foundry-error.ts';
import type { Route } from './shared/route.ts';

const INSIGHT_MONITORS = 'AgentInsights=V1Preview';
const GENERATION = 'DataGenerationJobs=V1Preview';
const MEMORY = 'MemoryStores=V1Preview';
const MODELS = 'Models=V1Preview';
const ROUTINES = 'Routines=V2Preview';
const SKILLS = 'Skills=V1Preview';

/** Operations that exist on Azure and not here: method, path, and the header that they need there. */
const OPERATIONS: readonly (readonly [string, string, string?])[] = [
  ['POST', 'agents:generate', 'VoiceAgents=V1Preview'],
  ['POST', 'agents:import'],
  ['POST', 'agents/{name}/import'],
  ['POST', 'agents/{name}/versions:import'],
  ['GET', 'agents/{name}/code:download'],
  ['GET', 'agents/{name}/microsoft365/publishdefaults'],
  ['POST', 'agents/{name}/microsoft365/zip'],
  ['POST', 'agents/{name}/microsoft365/publish'],
  ['GET', 'agents/{name}/versions/{version}/sessions/{session}:logstream'],
  ['GET', 'agents/{name}/endpoint/sessions/{session}/files'],
  ['DELETE', 'agents/{name}/endpoint/sessions/{session}/files'],
  ['GET', 'agents/{name}/endpoint/sessions/{session}/files/content'],
  ['PUT', 'agents/{name}/endpoint/sessions/{session}/files/content'],
  ['POST', 'agents/{name}/endpoint/protocols/a2a'],
  ['POST', 'agents/{name}/endpoint/protocols/mcp'],
  ['POST', 'agents/{name}/endpoint/protocols/activityprotocol'],
  ...['agent_optimization_jobs', 'evaluator_generation_jobs'].flatMap((path) => jobs(path)),
  ['POST', 'agent_optimization_jobs:estimate'],
  ['GET', 'agent_optimization_jobs/{id}/candidates'],
  ['GET', 'agent_optimization_jobs/{id}/candidates/{candidate}'],
  ['POST', 'agent_optimization_jobs/{id}/candidates/{candidate}:promote'],
  ...jobs('data_generation_jobs', GENERATION),
  ['GET', 'agent_insight_monitors', INSIGHT_MONITORS],
  ['POST', 'agent_insight_monitors', INSIGHT_MONITORS],
  ['GET', 'agent_insight_monitors/{id}', INSIGHT_MONITORS],
  ['PATCH', 'agent_insight_monitors/{id}', INSIGHT_MONITORS],
  ['DELETE', 'agent_insight_monitors/{id}', INSIGHT_MONITORS],
  ['POST', 'agent_insight_monitors/{id}:reset', INSIGHT_MONITORS],
  ['GET', 'agent_insight_monitors/{id}/runs', INSIGHT_MONITORS],
  ['POST', 'agent_insight_monitors/{id}/runs', INSIGHT_MONITORS],
  ['GET', 'agent_insight_monitors/{id}/runs/{run}', INSIGHT_MONITORS],
  ['POST', 'agent_insight_monitors/{id}/runs/{run}:cancel', INSIGHT_MONITORS],
  ['GET', 'agent_insight_monitors/{id}/insights', INSIGHT_MONITORS],
  ['GET', 'agent_insight_monitors/{id}/insights/{insight}', INSIGHT_MONITORS],
  ['PATCH', 'agent_insight_monitors/{id}/insights/{insight}', INSIGHT_MONITORS],
  ['POST', 'evaluators/{name}/versions/{version}/credentials'],
  ['POST', 'memory_stores/{name}/items', MEMORY],
  ['POST', 'memory_stores/{name}/items:list', MEMORY],
  ['GET', 'memory_stores/{name}/items/{item}', MEMORY],
  ['POST', 'memory_stores/{name}/items/{item}', MEMORY],
  ['DELETE', 'memory_stores/{name}/items/{item}', MEMORY],
  ['POST', 'memory_stores/{name}:delete_scope', MEMORY],
  ['POST', 'memory_stores/{name}:update_memories', MEMORY],
  ['POST', 'memory_stores/{name}:search_memories', MEMORY],
  ['GET', 'memory_stores/{name}/updates/{update}', MEMORY],
  ['GET', 'models', MODELS],
  ['GET', 'models/{name}/versions', MODELS],
  ['GET', 'models/{name}/versions/{version}', MODELS],
  ['PATCH', 'models/{name}/versions/{version}', MODELS],
  ['DELETE', 'models/{name}/versions/{version}', MODELS],
  ['POST', 'models/{name}/versions/{version}/credentials', MODELS],
  ['POST', 'models/{name}/versions/{version}/startPendingUpload', MODELS],
  ['POST', 'models/{name}/versions/{version}/createAsync', MODELS],
  ['POST', 'routines/{name}:dispatch_async', ROUTINES],
  ['GET', 'routines/{name}/runs', ROUTINES],
  ['GET', 'skills/{name}/content', SKILLS],
  ['GET', 'skills/{name}/versions/{version}/content', SKILLS],
  ['POST', 'toolboxes/{name}:invoke_mcp'],
];

function jobs(path: string, preview?: string): (readonly [string, string, string?])[] {
  const all: (readonly [string, string])[] = [
    ['GET', path],
    ['POST', path],
    ['GET', `${path}/{id}`],
    ['DELETE', `${path}/{id}`],
    ['POST', `${path}/{id}:cancel`],
  ];
  return all.map(([method, route]) => (preview === undefined ? [method, route] : [method, route, preview]));
}

/** They are refused with 501, after token, api-version and preview header were checked. */
export const NOT_IMITATED_ROUTES: readonly Route[] = OPERATIONS.map(([method, path, preview]) => ({
  method,
  path,
  ...(preview === undefined ? {} : { preview }),
  handle: () => {
    throw new FoundryError(501, 'not_imitated', `The embedded Azure does not imitate ${method} ${path}`);
  },
}));
