import { AGENT_ROUTES } from './agents/routes.ts';
import { SESSION_ROUTES } from './agents/sessions.ts';
import { BATCH_ROUTES } from './batches/routes.ts';
import { CHAT_COMPLETION_ROUTES } from './models/chat-completions.ts';
import { CONNECTION_ROUTES } from './connections.ts';
import { DATASET_ROUTES } from './datasets/routes.ts';
import { DEPLOYMENT_ROUTES } from './deployments.ts';
import { EVAL_ROUTES } from './evals/routes.ts';
import { EVAL_RUN_ROUTES } from './evals/run-routes.ts';
import { EVALUATION_RULE_ROUTES } from './rules/evaluation-rules.ts';
import { EVALUATOR_ROUTES } from './evaluators/routes.ts';
import { FILE_ROUTES } from './files/routes.ts';
import { FINE_TUNING_ROUTES } from './fine-tuning/routes.ts';
import { INDEX_ROUTES } from './indexes.ts';
import { MEMORY_ROUTES } from './memory/routes.ts';
import { MODEL_ROUTES } from './models/routes.ts';
import { NOT_IMITATED_ROUTES } from './not-imitated.ts';
import { RED_TEAM_ROUTES } from './red-teams.ts';
import { INVOCATION_ROUTES } from './responses/invocations.ts';
import { RESPONSE_ROUTES } from './responses/routes.ts';
import { INSIGHT_ROUTES } from './insights/routes.ts';
import type { Route } from './shared/route.ts';
import { ROUTINE_ROUTES } from './routines/routes.ts';
import { SCHEDULE_ROUTES } from './schedules/routes.ts';
import { SKILL_ROUTES } from './skills/routes.ts';
import { TAXONOMY_ROUTES } from './taxonomies.ts';
import { TOOLBOX_ROUTES } from './toolboxes/routes.ts';
import { FILE_BATCH_ROUTES } from './vector-stores/file-batches.ts';
import { VECTOR_STORE_ROUTES } from './vector-stores/routes.ts';

/** Every operation of a project's data plane. */
export const ROUTES: readonly Route[] = [
  ...AGENT_ROUTES,
  ...CONNECTION_ROUTES,
  ...DEPLOYMENT_ROUTES,
  ...RESPONSE_ROUTES,
  ...INVOCATION_ROUTES,
  ...DATASET_ROUTES,
  ...INDEX_ROUTES,
  ...FILE_ROUTES,
  ...EVALUATOR_ROUTES,
  ...EVAL_ROUTES,
  ...EVAL_RUN_ROUTES,
  ...EVALUATION_RULE_ROUTES,
  ...INSIGHT_ROUTES,
  ...SCHEDULE_ROUTES,
  ...TAXONOMY_ROUTES,
  ...RED_TEAM_ROUTES,
  ...VECTOR_STORE_ROUTES,
  ...FILE_BATCH_ROUTES,
  ...MODEL_ROUTES,
  ...CHAT_COMPLETION_ROUTES,
  ...BATCH_ROUTES,
  ...FINE_TUNING_ROUTES,
  ...SESSION_ROUTES,
  ...TOOLBOX_ROUTES,
  ...SKILL_ROUTES,
  ...MEMORY_ROUTES,
  ...ROUTINE_ROUTES,
  ...NOT_IMITATED_ROUTES,
];
