import { textAt, textsAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { readBody } from '../shared/body.ts';
import { missing } from '../shared/foundry-error.ts';
import { linkedPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { insightCollection, showInsight, startInsight, type Insight } from './create.ts';

const preview = 'Insights=V1Preview';

/** Insights into evaluation runs (preview). */
export const INSIGHT_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'insights', preview, handle: createInsight },
  { method: 'GET', path: 'insights', preview, handle: listInsights },
  { method: 'GET', path: 'insights/{id}', preview, handle: getInsight },
];

/** 201. A request that is repeated with the same Repeatability-Request-ID returns what the first one made. */
function createInsight(call: FoundryCall): Reply {
  const id = call.request.headers['repeatability-request-id'];
  const known = id === undefined ? undefined : all(call).find(({ repeatability }) => repeatability === id);
  const headers: Record<string, string> = id === undefined ? {} : { 'repeatability-result': 'accepted' };
  return json(201, showInsight(call, known ?? startInsight(call, readBody(call))), headers);
}

function all({ engine, project }: FoundryCall): Insight[] {
  return insightCollection(project).list(engine.documents);
}

function listInsights(call: FoundryCall): Reply {
  const { query } = call.request;
  const found = all(call).filter(
    ({ request }) =>
      fits(query.get('type'), textAt(request, 'type')) &&
      fits(query.get('evalId'), textAt(request, 'evalId')) &&
      fits(query.get('agentName'), textAt(request, 'agentName')) &&
      (query.get('runId') === undefined || runsOf(request).includes(query.get('runId') ?? '')),
  );
  return linkedPage(
    call.request,
    found.map((insight) => showInsight(call, insight)),
  );
}

function fits(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === found;
}

function runsOf(request: JsonObject): string[] {
  const baseline = textAt(request, 'baselineRunId');
  return [
    ...(baseline === undefined ? [] : [baseline]),
    ...textsAt(request, 'treatmentRunIds'),
    ...textsAt(request, 'runIds'),
  ];
}

function getInsight(call: FoundryCall): Reply {
  const id = call.names['id'] ?? '';
  const found = insightCollection(call.project).get(call.engine.documents, id);
  if (found) return json(200, showInsight(call, found));
  throw missing(`Insight '${id}'`, 'NotFound');
}
