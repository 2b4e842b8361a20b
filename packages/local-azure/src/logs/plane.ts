import { ArmError, errorReply } from '../arm/arm-error.ts';
import { authenticate } from '../arm/caller.ts';
import type { Engine } from '../arm/contract.ts';
import { textAt, type Json, type JsonObject } from '../engine/json.ts';
import { KqlError } from '../kql/kql-error.ts';
import { runQuery } from '../kql/run.ts';
import type { Table } from '../kql/table.ts';
import { toJson } from '../kql/values.ts';
import { json, type Reply } from '../http/reply.ts';
import { jsonBody, type LocalRequest } from '../http/request.ts';
import type { DataPlane } from '../arm/data-plane.ts';
import { spanOf } from './span.ts';
import { findWorkspace, logTable } from './store.ts';

const HOST = /^api\.loganalytics\.(?:io|azure\.com)(?::\d+)?$/iu;

/**
 * Log Analytics queries: `/v1/workspaces/{customerId}/query` of the host api.loganalytics.io, or the same below
 * `/loganalytics/`.
 */
export const logAnalyticsPlane: DataPlane = {
  matches: (request) => request.segments[0] === 'loganalytics' || HOST.test(request.headers['host'] ?? ''),
  answer: (engine, request) => {
    try {
      return answer(engine, request);
    } catch (error) {
      if (error instanceof ArmError) return errorReply(error);
      throw error;
    }
  },
  confidential: false,
};

function answer(engine: Engine, request: LocalRequest): Reply {
  const caller = authenticate(request, engine.tenantId);
  const segments = request.segments[0] === 'loganalytics' ? request.segments.slice(1) : request.segments;
  const [version, , id = '', action] = segments;
  const isQuery =
    version === 'v1' && segments[1]?.toLowerCase() === 'workspaces' && action === 'query' && segments.length === 4;
  if (!isQuery || !['GET', 'POST'].includes(request.method))
    return refusal(404, 'PathNotFoundError', `The requested path does not exist: ${request.method} ${request.url}`);
  const workspace = findWorkspace(engine, id);
  if (!workspace)
    return refusal(404, 'WorkspaceNotFoundError', `The workspace with identifier '${id}' could not be found.`);
  const scope = workspace.id;
  const action_ = 'Microsoft.OperationalInsights/workspaces/query/read';
  if (engine.isAllowed && !engine.isAllowed({ caller, scope, action: action_, isData: false }))
    return refusal(
      403,
      'InsufficientAccessError',
      'The provided credentials have insufficient access to perform the requested operation',
    );
  const asked = request.method === 'POST' ? bodyOf(request) : fromQuery(request);
  if (!asked || textAt(asked, 'query') === undefined)
    return refusal(400, 'BadArgumentError', 'The request had some invalid properties', {
      code: 'QueryValidationError',
      message: 'The query is missing.',
    });
  const span = spanOf(textAt(asked, 'timespan'), engine.clock.now());
  if (!span)
    return refusal(400, 'BadArgumentError', 'The request had some invalid properties', {
      code: 'InvalidTimespan',
      message: 'The timespan is not a valid ISO 8601 interval.',
    });
  try {
    const table = runQuery(textAt(asked, 'query') ?? '', {
      table: (name) => logTable(engine, workspace, name, span),
      now: engine.clock.now(),
    });
    return json(200, { tables: [shown(table)] });
  } catch (error) {
    if (error instanceof KqlError) return invalidQuery(error);
    throw error;
  }
}

function bodyOf(request: LocalRequest): Json | undefined {
  try {
    return jsonBody(request);
  } catch {
    return undefined;
  }
}

function fromQuery({ query }: LocalRequest): JsonObject {
  const [text, timespan] = [query.get('query'), query.get('timespan')];
  return { ...(text === undefined ? {} : { query: text }), ...(timespan === undefined ? {} : { timespan }) };
}

/** Dynamic values are sent as text, as Log Analytics does. */
function shown({ columns, rows }: Table): JsonObject {
  const cell = (value: Json): Json => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
  return {
    name: 'PrimaryResult',
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row) => columns.map(({ name }) => cell(toJson(row[name] ?? null)))),
  };
}

/** The envelope of Log Analytics; codes and texts are unverified. */
function refusal(status: number, code: string, message: string, innererror?: JsonObject): Reply {
  return json(status, { error: { message, code, ...(innererror ? { innererror } : {}) } });
}

function invalidQuery({ kind, message, line, column, token }: KqlError): Reply {
  const isSyntax = kind === 'syntax';
  return refusal(400, 'BadArgumentError', 'The request had some invalid properties', {
    code: isSyntax ? 'SyntaxError' : 'SemanticError',
    message: isSyntax ? 'A recognition error occurred in the query.' : 'A semantic error occurred.',
    innererror: {
      code: isSyntax ? 'SYN0002' : 'SEM0100',
      message: `${message} on line [${line},${column}]`,
      line,
      pos: column,
      token,
    },
  });
}
