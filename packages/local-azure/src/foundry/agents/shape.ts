import { compileObject, type ObjectNode } from '../../shape/notation.ts';

/** The tools that an agent can have. */
const TOOLS = [
  'function',
  'file_search',
  'computer',
  'computer_use_preview',
  'web_search',
  'web_search_preview',
  'mcp',
  'code_interpreter',
  'programmatic_tool_calling',
  'image_generation',
  'local_shell',
  'shell',
  'custom',
  'namespace',
  'tool_search',
  'apply_patch',
  'a2a',
  'a2a_preview',
  'azure_ai_search',
  'azure_function',
  'bing_grounding',
  'bing_custom_search_preview',
  'browser_automation',
  'browser_automation_preview',
  'capture_structured_outputs',
  'fabric_dataagent_preview',
  'fabric_iq_preview',
  'sharepoint_grounding_preview',
  'memory_search_preview',
  'work_iq_preview',
  'web_iq_preview',
  'openapi',
  'toolbox_search_preview',
  'github_copilot_toolset_preview',
  'microsoft_copilot_toolset_preview',
] as const;

const rai = { rai_policy_name: 'string', '*': 'any' };
const tools = [{ 'type!': TOOLS.join('|'), '*': 'any' }] as const;

const prompt = {
  'model!': 'string',
  instructions: 'string',
  temperature: 'number(0..2)',
  top_p: 'number(0..1)',
  reasoning: { effort: 'none|minimal|low|medium|high|xhigh|max', summary: 'auto|concise|detailed', '*': 'any' },
  tools,
  tool_choice: 'any',
  text: { format: { 'type!': 'text|json_object|json_schema', '*': 'any' }, '*': 'any' },
  structured_inputs: { '*': 'object' },
  rai_config: rai,
  skills: [{ 'name!': 'string', version: 'string' }],
  harness: 'any',
} as const;

const hosted = {
  'cpu!': 'string',
  'memory!': 'string',
  container_configuration: { 'image!': 'string', registry_connection_id: 'string' },
  code_configuration: {
    'runtime!': 'string',
    'entry_point!': ['string'],
    dependency_resolution: 'bundled|remote_build',
    content_hash: 'readonly',
  },
  protocol_versions: [{ 'protocol!': 'string', 'version!': 'string' }],
  container_protocol_versions: [{ 'protocol!': 'string', 'version!': 'string' }],
  environment_variables: { '*': 'string' },
  telemetry_config: 'object',
  session_configuration: { idle_timeout_seconds: 'integer(120..14400)' },
  enable_memory_snapshot: 'boolean',
  rai_config: rai,
  tools,
} as const;

const definition = {
  'kind!': 'prompt|hosted|workflow|external|voice',
  '?kind': {
    prompt,
    hosted,
    workflow: { 'workflow!': 'string', rai_config: rai },
    external: { otel_agent_id: 'string', rai_config: rai },
    voice: { '*': 'any' },
  },
} as const;

const version = {
  'definition!': definition,
  metadata: { '*': 'string' },
  description: 'string',
  blueprint_reference: 'object',
  digital_worker_type: 'string',
  draft: 'boolean',
} as const;

const endpoint = {
  version_selector: {
    'version_selection_rules!': [
      { 'type!': 'FixedRatio', 'agent_version!': 'string', 'traffic_percentage!': 'integer(0..100)' },
    ],
  },
  protocol_configuration: { '*': 'object' },
  authorization_schemes: [{ 'type!': 'Entra|BotService|BotServiceRbac|BotServiceTenant', '*': 'any' }],
  publish_approval_status: 'readonly',
} as const;

const card = {
  version: 'string',
  description: 'string',
  skills: [{ 'id!': 'string', 'name!': 'string', description: 'string', tags: ['string'], examples: ['string'] }],
} as const;

/** `POST /agents` */
export const CREATE_AGENT: ObjectNode = compileObject({
  'name!': 'string',
  state: 'readonly',
  ...version,
  agent_endpoint: endpoint,
  agent_card: card,
});

/** `POST /agents/{name}` and `POST /agents/{name}/versions` */
export const CREATE_VERSION: ObjectNode = compileObject(version);

/** `PATCH /agents/{name}`, as merged. */
export const PATCH_AGENT: ObjectNode = compileObject({ agent_endpoint: endpoint, agent_card: card });
