import { ArmError } from '../../arm/arm-error.ts';
import { subscriptionIds } from '../../arm/known-subscriptions.ts';
import type { Call } from '../../arm/contract.ts';
import {
  isArray,
  isObject,
  member,
  objectAt,
  textsAt,
  valueAt,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import { KqlError } from '../../kql/kql-error.ts';
import { runQuery } from '../../kql/run.ts';
import type { Table } from '../../kql/table.ts';
import { toJson } from '../../kql/values.ts';
import { json, type Reply } from '../../http/reply.ts';
import { jsonBody } from '../../http/request.ts';
import { graphTable } from './tables.ts';

const MOST_ROWS = 1000;

/** Microsoft.ResourceGraph/resources@2024-04-01, POST: a KQL query over what the engine holds, always up to date. */
export function queryResources(call: Pick<Call, 'engine' | 'caller' | 'request'>): Reply {
  const { engine, caller, request } = call;
  const body = jsonBody(request);
  const query = member(body, 'query');
  if (!isObject(body) || typeof query !== 'string' || query.trim() === '')
    throw badRequest('InvalidQuery', 'Query is invalid: the query is missing.');
  requireImitated(body);
  const wanted = textsAt(body, 'subscriptions').map((id) => id.toLowerCase());
  const known = subscriptionIds(engine).map((id) => id.toLowerCase());
  const subscriptions = new Set(wanted.length === 0 ? known : known.filter((id) => wanted.includes(id)));
  if (subscriptions.size === 0)
    throw badRequest(
      'NoValidSubscriptionsInQueryRequest',
      'There must be at least one subscription that is eligible to contain resources.',
    );
  const scope = { engine, caller, origin: request.origin, subscriptions };
  return answer(body, tableOf(query, scope, engine.clock.now()), query);
}

function tableOf(query: string, scope: Parameters<typeof graphTable>[0], now: number): Table {
  try {
    return runQuery(query, { table: (name) => graphTable(scope, name), now });
  } catch (error) {
    if (error instanceof KqlError) throw invalidQuery(error);
    throw error;
  }
}

function requireImitated(body: JsonObject): void {
  const unknown = ['managementGroups', 'facets'].find((key) => {
    const value = member(body, key);
    return isArray(value) && value.length > 0;
  });
  if (unknown !== undefined)
    throw badRequest('BadRequest', `The embedded Azure does not imitate '${unknown}' of Resource Graph queries.`);
}

interface Page {
  readonly skip: number;
  readonly top: number;
}

function answer(body: JsonObject, table: Table, query: string): Reply {
  const options = objectAt(body, 'options');
  const { skip, top } = pageOf(options);
  const rows = table.rows.slice(skip, skip + top);
  const isLast = skip + rows.length >= table.rows.length;
  // Azure gives no token for a query that limits its rows itself.
  const isLimited = /\|\s*(?:limit|take|sample)\b/iu.test(query);
  const token = isLast || isLimited ? {} : { $skipToken: tokenOf({ skip: skip + rows.length, top }) };
  const names = table.columns.map(({ name }) => name);
  const cell = (row: Table['rows'][number], name: string): Json => toJson(row[name] ?? null);
  const data: Json =
    valueAt(options, 'resultFormat') === 'table'
      ? {
          columns: table.columns.map(({ name, type }) => ({ name, type: TYPES[type] ?? 'object' })),
          rows: rows.map((row) => names.map((name) => cell(row, name))),
        }
      : rows.map((row) => Object.fromEntries(names.map((name) => [name, cell(row, name)])));
  return json(
    200,
    {
      totalRecords: table.rows.length,
      count: rows.length,
      data,
      facets: [],
      resultTruncated: isLast ? 'false' : 'true',
      ...token,
    },
    {
      'x-ms-user-quota-remaining': '14',
      'x-ms-user-quota-resets-after': '00:00:05',
      'x-ms-resource-graph-request-duration': '0:00:00:00.001',
    },
  );
}

const TYPES: Readonly<Record<string, string>> = { string: 'string', long: 'integer', real: 'number', bool: 'boolean' };

function pageOf(options: JsonObject): Page {
  const token = member(options, '$skipToken');
  if (typeof token === 'string') return fromToken(token);
  const top = member(options, '$top') ?? MOST_ROWS;
  const skip = member(options, '$skip') ?? 0;
  const isNumber = (value: Json, least: number): value is number => Number.isInteger(value) && Number(value) >= least;
  if (!isNumber(top, 1) || top > MOST_ROWS || !isNumber(skip, 0))
    throw badRequest('InvalidQueryOptions', `$top must be between 1 and ${MOST_ROWS}, and $skip a whole number.`);
  return { top, skip };
}

function tokenOf(page: Page): string {
  return Buffer.from(JSON.stringify(page)).toString('base64url');
}

function fromToken(token: string): Page {
  try {
    const page = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<Page>;
    if (Number.isInteger(page.skip) && Number.isInteger(page.top)) return page as Page;
  } catch {
    // Refused below, like every token of another origin.
  }
  throw badRequest('InvalidSkipToken', 'The skip token is invalid.');
}

/** The envelope that Resource Graph puts around every refusal; unverified. */
function badRequest(code: string, message: string): ArmError {
  return new ArmError(400, 'BadRequest', 'Please provide below info when asking for support.', {
    details: [{ code, message }],
  });
}

function invalidQuery({ kind, message, line, column, token }: KqlError): ArmError {
  const code = kind === 'syntax' ? 'ParserFailure' : 'InvalidQuery';
  return new ArmError(400, 'BadRequest', 'Please provide below info when asking for support.', {
    details: [
      {
        code: 'InvalidQuery',
        message:
          'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
      },
      { code, message: `${message} (line ${line}, position ${column}, token '${token}')` },
    ],
  });
}
