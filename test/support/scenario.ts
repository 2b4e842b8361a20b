import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { createLab, GROUP, type Lab, type Ran } from './lab.ts';
import { describeCalls } from './calls.ts';

/**
 * One step of a scenario. `ingate` runs a command, `azure` lets another client act, `write` changes files (from a folder
 * of the scenario, or text), `fault` makes Azure misbehave. `expect` names a golden file of the scenario; `calls` one of
 * what was sent to Azure.
 */
interface Step {
  readonly ingate?: string;
  readonly exit?: number;
  readonly expect?: string;
  readonly calls?: string;
  readonly azure?: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly status?: number;
  readonly write?: string | Readonly<Record<string, string | null>>;
  readonly fault?: object;
  /** Commits everything, after `write`. */
  readonly commit?: string;
  readonly state?: string;
}

interface Scenario {
  readonly about: string;
  readonly env?: Record<string, string>;
  readonly steps: readonly Step[];
}

/**
 * Plays a scenario folder: `steps.yaml` says what happens, `files/` is the repository at the start, golden files say what
 * comes out. UPDATE_GOLDEN=1 writes the golden files, for review.
 */
export async function playScenario(folder: string): Promise<void> {
  const scenario = parse(readFileSync(join(folder, 'steps.yaml'), 'utf8')) as Scenario;
  const lab = await createLab({
    files: filesIn(join(folder, 'files')),
    ...(scenario.env ? { env: scenario.env } : {}),
  });
  try {
    for (const [index, step] of scenario.steps.entries()) await play(step, `step ${index + 1}`, folder, lab);
  } finally {
    await lab.close();
  }
}

function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

async function play(step: Step, label: string, folder: string, lab: Lab): Promise<void> {
  if (step.write !== undefined)
    lab.write(typeof step.write === 'string' ? filesIn(join(folder, step.write)) : step.write);
  if (step.commit !== undefined) lab.commit(step.commit);
  if (step.fault) lab.azure.faults.add(step.fault as never);
  const before = lab.azure.requests().length;
  if (step.azure) {
    const { method, path, body } = step.azure;
    const { status } = await lab.send(method, path.replace('{group}', GROUP), body);
    expect(status, label).toBe(step.status ?? 200);
  }
  if (step.ingate !== undefined) {
    const ran = await lab.ingate(...step.ingate.replaceAll('{root}', lab.root).split(' '));
    expect(ran.code, `${label}: ${step.ingate}\n${ran.out}${ran.err}`).toBe(step.exit ?? 0);
    if (step.expect) golden(join(folder, step.expect), printed(ran, lab.root));
  }
  if (step.calls) golden(join(folder, step.calls), describeCalls(lab.azure.requests().slice(before)));
  if (step.state) golden(join(folder, step.state), await describeState(lab));
}

function printed({ out, err }: Ran, root: string): string {
  return stable(err === '' ? out : `${out}${out === '' ? '' : '\n'}[standard error]\n${err}`, root);
}

/** Replaces what differs from run to run: ids that servers make, times, ports and temporary folders. */
function stable(text: string, root: string): string {
  return text
    .replaceAll(root, '/repository')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'azure.local')
    .replaceAll(/\(\d+\.\d s\)/g, '(0.0 s)')
    .replaceAll(/commit [0-9a-f]{10}/g, 'commit …')
    .replaceAll(/(request|correlation) id [0-9a-f-]{36}/g, '$1 id …');
}

async function describeState(lab: Lab): Promise<string> {
  const { body } = await lab.send('GET', `${GROUP}/resources?api-version=2025-04-01`);
  const { value } = body as { value: readonly { id: string; type: string }[] };
  return value
    .map(({ id, type }) => `${type}  ${id.slice(id.lastIndexOf('/') + 1)}`)
    .toSorted()
    .join('\n')
    .concat('\n');
}

const UUID = /(?<!roleDefinitions\/)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Ids that Azure makes depend on how many requests there were before; which of them are the same does not. */
function numbered(text: string): string {
  const seen = new Map<string, string>();
  return text.replaceAll(UUID, (id) => {
    if (/^(.)\1{7}-/.test(id)) return id;
    const known = seen.get(id) ?? `{id-${seen.size + 1}}`;
    seen.set(id, known);
    return known;
  });
}

function golden(path: string, text: string): void {
  const actual = numbered(text);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
  expect(actual, path).toBe(
    existsSync(path) ? readFileSync(path, 'utf8') : '(there is no golden file; run with UPDATE_GOLDEN=1 and review it)',
  );
}
