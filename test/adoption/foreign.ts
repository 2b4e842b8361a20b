import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { State, StateRow } from '@ingate/local-azure';
import { GROUP, createLab, type Lab } from '../support/lab.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const SAMPLE_SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';

export interface Estate {
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Copied from this repository. */
  readonly folders?: readonly string[];
  readonly subscriptions?: readonly string[];
  /** Done with the applied estate before its marks go. */
  readonly then?: (lab: Lab) => Promise<void>;
}

export const sampleEstate: Estate = {
  files: {
    'environments/dev/environment.yaml': readFileSync(`${repository}/environments/dev/environment.yaml`, 'utf8'),
  },
  folders: ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards', 'releases'],
  subscriptions: [SAMPLE_SUBSCRIPTION],
  env: { CONNECTION_TRACES_CREDENTIALS_KEY: 'key-for-tests' },
};

/**
 * An estate that somebody else made: it is applied, and then nothing in Azure tells of it, and names that we derive are
 * other ones. The lab has no files.
 */
export async function foreignLab(estate: Estate): Promise<Lab> {
  const state = await (known.get(estate) ?? remember(estate));
  const lab = await createLab({ azure: { ...azureOf(estate), state }, ...(estate.env ? { env: estate.env } : {}) });
  rmSync(join(lab.root, 'environments'), { recursive: true });
  return lab;
}

/** An estate is applied once: labs get what came of it. */
const known = new WeakMap<Estate, Promise<State>>();

function remember(estate: Estate): Promise<State> {
  const state = applied(estate);
  known.set(estate, state);
  return state;
}

function azureOf({ subscriptions }: Estate): { readonly subscriptions?: readonly string[] } {
  return subscriptions ? { subscriptions } : {};
}

async function applied(estate: Estate): Promise<State> {
  const { files, env = {}, folders = [], then } = estate;
  const owner = await createLab({ files, env, azure: azureOf(estate) });
  try {
    for (const name of folders) cpSync(`${repository}/${name}`, `${owner.root}/${name}`, { recursive: true });
    const ran = await owner.ingate('apply', '-e', 'dev', '--yes');
    if (ran.code !== 0) throw new Error(ran.out + ran.err);
    await then?.(owner);
    return forgotten(owner.azure.state());
  } finally {
    await owner.close();
  }
}

/** Without any mark, and with another GUID for what we named by one. */
function forgotten(state: State): State {
  const forget = (row: StateRow): StateRow => ({
    ...row,
    content: JSON.stringify(unmarked(JSON.parse(String(row['content'])) as unknown)),
  });
  const rename = (row: StateRow): StateRow => {
    if (!/(?:roleAssignments|workbooks)$/i.test(String(row['type']))) return row;
    const id = String(row['id']);
    const name = id.slice(id.lastIndexOf('/') + 1);
    const other = `feedf00d${name.slice(8)}`;
    return { ...row, id: id.replaceAll(name, other), content: String(row['content']).replaceAll(name, other) };
  };
  return {
    ...state,
    resources: state.resources.map((row) => rename(forget(row))),
    documents: state.documents.map(forget),
  };
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value === 'string') return value.replaceAll(/\s*\[ingate [^\]]*\]/g, '');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !/^ingate[-_.]/i.test(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, unmarked(item)]));
}

export interface PullResult {
  readonly files: readonly string[];
  readonly resources: readonly { readonly id: string; readonly file: string }[];
  readonly omissions: readonly { readonly what: string; readonly reason: string; readonly harmless?: true }[];
  readonly secrets: readonly { readonly variable: string; readonly resource: string; readonly field: string }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly differences: readonly object[] | null;
  readonly refusals: readonly object[];
}

/** Pulls the lab's resource group into environments/dev. */
export function pull(lab: Lab, name?: string, ...flags: readonly string[]): Promise<PullResult> {
  const [, , subscription = '', , own = ''] = GROUP.split('/');
  const group = name ?? own;
  return pullFrom(lab, subscription, group, flags);
}

export function pullSample(lab: Lab, ...flags: readonly string[]): Promise<PullResult> {
  return pullFrom(lab, SAMPLE_SUBSCRIPTION, 'rg-support-dev', flags);
}

async function pullFrom(lab: Lab, subscription: string, group: string, flags: readonly string[]): Promise<PullResult> {
  const where = ['--cloud', 'local', '--subscription', subscription, '--resource-group', group];
  const ran = await lab.ingate('pull', '-e', 'dev', ...where, '-o', 'json', ...flags);
  expect([0, 13], ran.out + ran.err).toContain(ran.code);
  const result = JSON.parse(ran.out) as PullResult;
  const loses = result.omissions.some(({ harmless }) => harmless !== true) || result.problems.length > 0;
  expect(ran.code, ran.out).toBe(loses ? 13 : 0);
  return result;
}

export interface Planned {
  readonly address: string;
  readonly actions: string;
  readonly fields: readonly string[];
}

export async function planned(lab: Lab): Promise<Planned[]> {
  const ran = await lab.ingate('plan', '-e', 'dev', '-o', 'json');
  expect(ran.code, ran.out + ran.err).toBe(0);
  const { resource_changes: changes } = JSON.parse(ran.out) as {
    resource_changes: { address: string; change: { actions: string[] }; fields?: { label: string }[] }[];
  };
  return changes.map(({ address, change, fields = [] }) => ({
    address,
    actions: change.actions.join(),
    fields: fields.map(({ label }) => label),
  }));
}
