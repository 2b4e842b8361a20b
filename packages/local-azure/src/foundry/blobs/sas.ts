import { createHmac } from 'node:crypto';
import type { Engine } from '../../arm/contract.ts';
import type { Query } from '../../http/request.ts';

/** Version of the storage service that signatures are made for. */
export const STORAGE_VERSION = '2026-04-06';

const LIFETIME = 24 * 3_600_000;

/** The query of a shared access signature for a container: `permissions` are letters of `racwdl`, valid for a day. */
export function signContainer(engine: Engine, account: string, container: string, permissions: string): string {
  const now = engine.clock.now();
  const fields = {
    sv: STORAGE_VERSION,
    st: day(now - 300_000),
    se: day(now + LIFETIME),
    sr: 'c',
    sp: permissions,
  };
  return new URLSearchParams({ ...fields, sig: signature(engine, account, container, fields) }).toString();
}

/** Whether a query holds a signature for the container that is genuine, not expired, and allows `permission`. */
export function isSigned(
  engine: Engine,
  query: Query,
  account: string,
  container: string,
  permission: string,
): 'ok' | 'absent' | 'wrong' | 'expired' | 'not permitted' {
  const field = (name: string): string => query.get(name) ?? '';
  if (field('sig') === '') return 'absent';
  const fields = { sv: field('sv'), st: field('st'), se: field('se'), sr: field('sr'), sp: field('sp') };
  if (field('sig') !== signature(engine, account, container, fields)) return 'wrong';
  if (Date.parse(fields.se) <= engine.clock.now()) return 'expired';
  return permission.split('').some((letter) => fields.sp.includes(letter)) ? 'ok' : 'not permitted';
}

function signature(
  { ids }: Engine,
  account: string,
  container: string,
  { sv, st, se, sr, sp }: Readonly<Record<'sv' | 'st' | 'se' | 'sr' | 'sp', string>>,
): string {
  const text = [sp, st, se, `/blob/${account}/${container}`, sr, sv].join('\n');
  return createHmac('sha256', ids.guidOf(`storage key of ${account}`))
    .update(text)
    .digest('base64');
}

function day(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
