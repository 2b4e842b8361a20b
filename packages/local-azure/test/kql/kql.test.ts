import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KqlError } from '../../src/kql/kql-error.ts';
import { runQuery } from '../../src/kql/run.ts';
import type { Table } from '../../src/kql/table.ts';
import { Moment, toJson } from '../../src/kql/values.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const minutesAgo = (minutes: number): Moment => new Moment('datetime', NOW - minutes * 60_000);

const CALLS: Table = {
  columns: [
    { name: 'At', type: 'datetime' },
    { name: 'Name', type: 'string' },
    { name: 'Ms', type: 'long' },
    { name: 'Bag', type: 'dynamic' },
  ],
  rows: [
    { At: minutesAgo(1), Name: 'Chat-api', Ms: 10, Bag: { status: 200, tags: ['a', 'b'] } },
    { At: minutesAgo(2), Name: 'chat', Ms: 20, Bag: { status: 500, tags: [] } },
    { At: minutesAgo(61), Name: 'Orders', Ms: 30, Bag: null },
  ],
};
const OWNERS: Table = {
  columns: [
    { name: 'Name', type: 'string' },
    { name: 'Owner', type: 'string' },
  ],
  rows: [{ Name: 'chat', Owner: 'support' }],
};

function run(query: string): unknown[][] {
  const table = runQuery(query, {
    table: (name) => (name === 'Calls' ? CALLS : name === 'Owners' ? OWNERS : undefined),
    now: NOW,
  });
  return table.rows.map((row) => table.columns.map(({ name }) => toJson(row[name] ?? null)));
}

const names = (condition: string): unknown[] => run(`Calls | where ${condition} | project Name`).flat();

describe('conditions', () => {
  it.each([
    ["Name == 'chat'", ['chat']],
    ["Name =~ 'CHAT'", ['chat']],
    ["Name has 'chat'", ['Chat-api', 'chat']],
    ["Name has 'cha'", []],
    ["Name contains 'RDE'", ['Orders']],
    ["Name !contains 'chat'", ['Orders']],
    ["Name startswith 'chat' and Ms > 10", ['chat']],
    ["Name in ('chat', 'Orders')", ['chat', 'Orders']],
    ["Name !in~ ('CHAT')", ['Chat-api', 'Orders']],
    ['Ms between (15 .. 25)', ['chat']],
    ['At > ago(1h)', ['Chat-api', 'chat']],
    ['At > datetime(2026-11-23T11:58:30Z)', ['Chat-api']],
    ['Bag.status == 500', ['chat']],
    ["Bag['tags'][0] == 'a'", ['Chat-api']],
    ['isnull(Bag)', ['Orders']],
    ['isnotempty(Bag.status) or Ms == 30', ['Chat-api', 'chat', 'Orders']],
    ["not(Name == 'chat')", ['Chat-api', 'Orders']],
    ['(Ms + 10) / 20 == 1', ['Chat-api', 'chat']],
    ["Name has_any ('orders', 'x')", ['Orders']],
  ])('%s', (condition, expected) => expect(names(condition)).toEqual(expected));
});

describe('operators', () => {
  it('group, with and without keys, also when there is nothing', () => {
    expect(run('Calls | summarize count(), avg(Ms), make_list(Name)')).toEqual(
      [[3, 20, '["Chat-api","chat","Orders"]']].map((row) => [row[0], row[1], ['Chat-api', 'chat', 'Orders']]),
    );
    expect(run('Calls | summarize n = count() by hour = bin(At, 1h) | order by hour asc')).toEqual([
      ['2026-11-23T10:00:00.0000000Z', 1],
      ['2026-11-23T11:00:00.0000000Z', 2],
    ]);
    expect(run('Calls | where false | summarize n = count(), m = max(Ms)')).toEqual([[0, null]]);
    expect(run('Calls | summarize dcount(tolower(Name)), percentile(Ms, 50), countif(Ms > 10)')).toEqual([[3, 20, 2]]);
  });

  it('sort with nulls at the end of a descending order, take and top', () => {
    expect(run('Calls | order by Ms | project Ms').flat()).toEqual([30, 20, 10]);
    expect(run('Calls | top 2 by Name asc | project Name').flat()).toEqual(['Chat-api', 'Orders']);
    expect(run('Calls | sort by tostring(Bag.status) asc, Ms desc | take 1 | project Name').flat()).toEqual(['Orders']);
  });

  it('project, extend, rename, drop and tell apart', () => {
    expect(run("Calls | extend Slow = iff(Ms > 15, 'yes', 'no') | project-away At, Bag, Ms")).toEqual([
      ['Chat-api', 'no'],
      ['chat', 'yes'],
      ['Orders', 'yes'],
    ]);
    expect(run('Calls | project-rename Who = Name | distinct tolower(Who) | count')).toEqual([[3]]);
    expect(run("print x = strcat('a', 1), case(false, 1, 2)")).toEqual([['a1', 2]]);
  });

  it('expand lists and join tables', () => {
    expect(run('Calls | mv-expand tag = Bag.tags | project Name, tag')).toEqual([
      ['Chat-api', 'a'],
      ['Chat-api', 'b'],
      ['chat', null],
      ['Orders', null],
    ]);
    expect(run('Calls | join kind=leftouter Owners on Name | project Name, Owner')).toEqual([
      ['Chat-api', null],
      ['chat', 'support'],
      ['Orders', null],
    ]);
    expect(run('Calls | join (Owners | project-rename Who = Name) on $left.Name == $right.Who | count')).toEqual([[1]]);
    expect(run('union Calls, Owners | count')).toEqual([[4]]);
  });

  it('take names from let statements', () => {
    expect(run('let least = 15; let slow = Calls | where Ms > least; slow | project Name // the end\n')).toEqual([
      ['chat'],
      ['Orders'],
    ]);
  });
});

function outcomeOf(query: string): string {
  try {
    run(query);
    return 'answered';
  } catch (error) {
    return error instanceof KqlError ? 'refused' : String(error);
  }
}

describe('what cannot be answered', () => {
  const refusal = (query: string): string[] => {
    try {
      run(query);
    } catch (error) {
      if (error instanceof KqlError) return [error.kind, `${error.line}:${error.column}`];
      throw error;
    }
    throw new Error('It was answered');
  };

  it.each([
    ['Calls | where', ['syntax', '1:14']],
    ['Calls\n| where Colour == 1', ['semantic', '2:9']],
    ['Calls | evaluate bag_unpack(Bag)', ['syntax', '1:18']],
    ["Calls | where Name matches regex '^a'", ['syntax', '1:20']],
    ['Calls | extend x = nothing(1)', ['semantic', '1:20']],
    ['Calls | summarize count(Ms)', ['semantic', '1:19']],
    ['Elsewhere', ['semantic', '1:1']],
    ["Calls | where Name == 'open", ['syntax', '1:23']],
    ['Calls | join kind=fullouter Owners on Name', ['syntax', '1:29']],
  ])('%s', (query, expected) => expect(refusal(query)).toEqual(expected));

  it('is refused with a place, whatever the text', () => {
    const words = fc.constantFrom(
      'Calls',
      '|',
      'where',
      'project',
      'summarize',
      'by',
      'Ms',
      '==',
      '(',
      ')',
      ',',
      "'x'",
      '1h',
      'let',
      ';',
      '[',
      'join',
      'in',
      '!',
      '-',
      'constructor',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
        ),
        (query) => {
          expect(['answered', 'refused']).toContain(outcomeOf(query));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
