import { RE2JS } from 're2js';
import { member, textOf, type Json, type JsonObject } from '../../../model/json.ts';
import type { Probe, ProbeReply } from '../../../model/kind.ts';
import type { Finding } from '../../../rollout/types.ts';
import { valueAtPath } from '../../../model/json-path.ts';
import { secondsOf } from '../../shared/rollout/target.ts';

/** Sends the declared requests to a revision's own host; the first that fails in all its attempts decides. */
export async function runSmokeTests(probe: Probe, host: string, tests: readonly JsonObject[]): Promise<Finding> {
  for (const test of tests) {
    const reason = await tried(probe, host, test);
    if (reason !== undefined) return { verdict: 'fail', reason };
  }
  return { verdict: 'pass' };
}

async function tried(probe: Probe, host: string, test: JsonObject): Promise<string | undefined> {
  const attempts = Number(member(test, 'attempts') ?? 3);
  const method = textOf(test, 'method') || 'GET';
  const body = member(test, 'body');
  const timeoutMs = secondsOf(member(test, 'within'), 10) * 1000;
  let reason: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const url = `https://${host}${textOf(test, 'path')}`;
      const reply = await probe(url, { method, timeoutMs, ...(body === undefined ? {} : { body }) });
      reason = problemWith(test, reply);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    if (reason === undefined) return undefined;
  }
  return `${method} ${textOf(test, 'path')}: ${reason ?? ''}`;
}

/** What is wrong with an answer; its text is not repeated, because it may hold anything. */
function problemWith(test: JsonObject, { status, body }: ProbeReply): string | undefined {
  const expected = Number(member(test, 'status') ?? 200);
  if (status !== expected) return `status ${status} instead of ${expected}`;
  const path = textOf(test, 'jsonPath');
  const found = path === '' ? body : valueAtPath(parsed(body), path);
  if (found === undefined) return `the answer has nothing at ${path}`;
  const pattern = textOf(test, 'matches');
  if (pattern === '') return undefined;
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  return RE2JS.compile(pattern).matcher(text).find() ? undefined : `${path || 'the answer'} does not match ${pattern}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
