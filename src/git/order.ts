import { commitOf } from './branch.ts';
import { isShallow } from './facts.ts';
import { git } from './run.ts';

/** How a commit stands to one that was applied; `unknown` where the clone does not hold what tells, and cannot fetch it. */
export type CommitOrder = 'same' | 'older' | 'newer' | 'apart' | 'unknown';

/**
 * Whether `head` is an ancestor of `applied`, or the other way round. A shallow clone fetches from `origin` what lies
 * between them. Both are full hashes.
 */
export async function orderOf(root: string, head: string, applied: string): Promise<CommitOrder> {
  if (head === applied) return 'same';
  const order = await orderHere(root, head, applied);
  if (order === 'older' || order === 'newer') return order;
  if (order === 'apart' && (await isShallow(root)) !== true) return 'apart';
  if (!(await fetchBetween(root, head, applied))) return 'unknown';
  const second = await orderHere(root, head, applied);
  return second === 'apart' && (await isShallow(root)) === true && !(await haveCommonBase(root, head, applied))
    ? 'unknown'
    : second;
}

async function orderHere(root: string, head: string, applied: string): Promise<CommitOrder> {
  if ((await commitOf(root, head)) === undefined || (await commitOf(root, applied)) === undefined) return 'unknown';
  if (await isAncestor(root, head, applied)) return 'older';
  return (await isAncestor(root, applied, head)) ? 'newer' : 'apart';
}

async function isAncestor(root: string, older: string, newer: string): Promise<boolean> {
  return (await git(root, 'merge-base', '--is-ancestor', older, newer)) !== undefined;
}

async function haveCommonBase(root: string, one: string, other: string): Promise<boolean> {
  return (await git(root, 'merge-base', one, other)) !== undefined;
}

/** Fetches both commits with everything since the older of them; without its date, the applied one alone. */
async function fetchBetween(root: string, head: string, applied: string): Promise<boolean> {
  const fetch = async (...more: readonly string[]): Promise<boolean> =>
    (await git(root, 'fetch', '--quiet', '--no-tags', ...more)) !== undefined;
  if ((await commitOf(root, applied)) === undefined && !(await fetch('--depth=1', 'origin', applied))) return false;
  if ((await isShallow(root)) !== true) return true;
  const times = await Promise.all([timeOf(root, head), timeOf(root, applied)]);
  return fetch(`--shallow-since=${Math.min(...times)}`, 'origin', head, applied);
}

/** Seconds since 1970 at which a commit was made. */
async function timeOf(root: string, commit: string): Promise<number> {
  return Number((await git(root, 'log', '-1', '--format=%ct', commit))?.trim());
}
