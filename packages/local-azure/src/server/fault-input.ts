import type { Fault } from '../engine/faults.ts';
import { isArray, isObject, member, type Json } from '../engine/json.ts';
import type { YamlFile } from './yaml-file.ts';

/** Faults from a request: one or a list. Throws a TypeError that says what is wrong with the first that is none. */
export function parseFaults(value: unknown): Fault[] {
  const all = isArray(value) ? value : [value as Json];
  for (const fault of all) {
    const problem = problemOf(fault);
    if (problem !== undefined) throw new TypeError(`Not a fault: ${problem}: ${JSON.stringify(fault)}`);
  }
  return all as unknown as Fault[];
}

/** Faults from a file, a list. Throws a TypeError with file and line. */
export function readFaults({ content, at }: YamlFile): Fault[] {
  if (content === null) return [];
  if (!isArray(content)) throw new TypeError(`${at()}: a faults file holds a list of faults`);
  for (const [index, fault] of content.entries()) {
    const problem = problemOf(fault);
    if (problem !== undefined) throw new TypeError(`${at(index)}: not a fault: ${problem}`);
  }
  return content as unknown as Fault[];
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '': ['name', 'match', 'respond', 'drop', 'stale', 'malformed', 'operation', 'delayMs'],
  match: ['method', 'path', 'nth', 'times'],
  respond: ['status', 'headers', 'body'],
  operation: ['stuck', 'error', 'durationMs'],
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  drop: ['before-commit', 'after-commit'],
  malformed: ['truncated', 'html', 'empty'],
};

function problemOf(fault: Json): string | undefined {
  if (!isObject(fault)) return 'it is no object';
  if (!isObject(fault['match'])) return '`match` is missing';
  for (const [part, known] of Object.entries(MEMBERS)) {
    const value = part === '' ? fault : member(fault, part);
    if (value === undefined) continue;
    if (!isObject(value)) return `\`${part}\` is no object`;
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined) return `unknown member \`${part === '' ? unknown : `${part}.${unknown}`}\``;
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = member(fault, name);
    if (value !== undefined && !choices.some((choice) => choice === value))
      return `\`${name}\` is one of ${choices.join(', ')}`;
  }
  const respond = member(fault, 'respond');
  if (respond !== undefined && !Number.isInteger(member(respond, 'status'))) return '`respond.status` is missing';
  return problemOfPattern(member(fault['match'], 'path'));
}

function problemOfPattern(path: Json | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    if (typeof path !== 'string') return '`match.path` is no text';
    RegExp(path, 'iu');
    return undefined;
  } catch {
    return '`match.path` is no regular expression';
  }
}
