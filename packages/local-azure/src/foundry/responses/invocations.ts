import { namedVersion, routedVersion } from '../agents/call-target.ts';
import { agentPrompt } from '../agents/prompt.ts';
import { sessionVersion } from '../agents/sessions.ts';
import { textAt } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { readBody } from '../shared/body.ts';
import { answerCounted } from '../models/usage.ts';
import { requireDeployment } from '../models/deployment.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { requireProtocol } from './create.ts';

/** The invocations protocol, whose bodies an agent defines. Here it is asked by `input`, `message` or the whole body. */
export const INVOCATION_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'agents/{name}/endpoint/protocols/invocations', handle: invoke },
];

async function invoke(call: FoundryCall): Promise<Reply> {
  const { engine, project, account, request, names } = call;
  const name = names['name'] ?? '';
  const body = readBody(call);
  const session = textAt(body, 'agent_session_id');
  const override =
    session === undefined ? request.headers['x-agent-version-override'] : sessionVersion(call, name, session);
  const target =
    override === undefined ? routedVersion(engine, project, name) : namedVersion(engine, project, name, override);
  requireProtocol(target, 'invocations');
  const text = textAt(body, 'input') ?? textAt(body, 'message') ?? JSON.stringify(body);
  const prompt = agentPrompt(target, [{ role: 'user', text }], []);
  if (prompt.deployment !== '') requireDeployment(engine, account, prompt.deployment);
  const answer = await answerCounted(engine, account, prompt);
  return json(200, { output: answer.text, agent_version: target.version.version, answered_by: answer.answeredBy });
}
