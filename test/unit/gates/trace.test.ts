import { describe, expect, it } from 'vitest';
import { gradeTrace, type Trace, type TraceGrader } from '../../../src/gates/graders/trace.ts';
import { traceOf } from '../../../src/reconcilers/evaluation-gate/trace.ts';

const call = (name: string, given?: Record<string, unknown>) => ({ name, arguments: given });
const trace: Trace = {
  latencyMs: 800,
  inputTokens: 1000,
  outputTokens: 500,
  toolCalls: [call('search', { q: 'order 7', top: 3 }), call('refund', { order: 7 })],
};
const grade = (grader: TraceGrader, item: Record<string, unknown> = {}, from = trace) => gradeTrace(grader, from, item);

describe('graders of how an answer came about', () => {
  it('measure time, tokens, money and steps', () => {
    expect(grade({ type: 'latency', most: 800 })).toEqual({ score: 800, passed: true });
    expect(grade({ type: 'latency', most: 799 })).toEqual({ score: 800, passed: false });
    expect(grade({ type: 'tokens', most: 1499 })).toEqual({ score: 1500, passed: false });
    expect(grade({ type: 'cost', most: 0.01, inputPrice: 2, outputPrice: 8 })).toEqual({ score: 0.006, passed: true });
    expect(grade({ type: 'stepCount', most: 1 })).toEqual({ score: 2, passed: false });
  });

  it('give no grade for what a service does not tell', () => {
    const nothing = { toolCalls: [] };
    for (const type of ['latency', 'tokens', 'cost'] as const)
      expect(grade({ type, most: 1 }, {}, nothing)).toHaveProperty('missing');
    expect(grade({ type: 'toolCallF1', reference: '{{item.tools}}' })).toHaveProperty('missing');
  });

  it('compare tool calls with what an item expects', () => {
    const reference = '{{item.tools}}';
    const tools = (...names: readonly unknown[]) => ({ tools: names });
    expect(grade({ type: 'toolCallF1', reference }, tools('search', 'refund'))).toEqual({ score: 1, passed: true });
    expect(grade({ type: 'toolCallF1', reference, passAt: 0.6 }, tools('search'))).toMatchObject({ passed: true });
    expect(grade({ type: 'toolCallF1', reference }, tools('search', 'search'))).toEqual({ score: 0.5, passed: false });
    expect(grade({ type: 'toolCallF1', reference }, tools(), { toolCalls: [] })).toEqual({ score: 1, passed: true });
    expect(grade({ type: 'toolSequence', reference }, tools('search', 'refund'))).toMatchObject({ score: 1 });
    expect(grade({ type: 'toolSequence', reference }, tools('refund', 'search'))).toMatchObject({ score: 0 });
    const exact = { name: 'refund', arguments: { order: 7 } };
    expect(grade({ type: 'toolArgsMatch', reference }, tools(exact))).toEqual({ score: 1, passed: true });
    const other = { name: 'refund', arguments: { order: 8 } };
    expect(grade({ type: 'toolArgsMatch', reference }, tools(exact, other))).toEqual({ score: 0.5, passed: false });
  });
});

describe('an output item', () => {
  it('tells its calls in any form', () => {
    const asText = JSON.stringify({ q: 'x' });
    const expected = [{ name: 'search', arguments: { q: 'x' } }];
    const forms = [
      { tool_calls: [{ type: 'function', function: { name: 'search', arguments: asText } }] },
      { tool_calls: [], output_items: [{ type: 'function_call', name: 'search', arguments: asText }] },
      { output: [{ role: 'assistant', tool_calls: [{ function: { name: 'search', arguments: asText } }] }] },
      { output: [{ role: 'assistant', content: [{ type: 'tool_call', name: 'search', arguments: { q: 'x' } }] }] },
    ];
    for (const sample of forms) expect(traceOf({ sample }).toolCalls).toEqual(expected);
    expect(
      traceOf({ sample: { output: [{ content: 'text' }], usage: { prompt_tokens: 3, completion_tokens: 4 } } }),
    ).toEqual({
      inputTokens: 3,
      outputTokens: 4,
      toolCalls: [],
    });
    expect(traceOf({})).toEqual({ toolCalls: [] });
  });
});
