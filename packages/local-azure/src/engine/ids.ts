import { createHash } from 'node:crypto';

/** Identifiers that look random and repeat from run to run: the same seed and the same calls give the same ids. */
export interface Ids {
  /** A new UUID. */
  guid(): string;
  /** The UUID that belongs to a name, always the same for one seed. */
  guidOf(name: string): string;
  /** A new string of `length` hexadecimal digits. */
  hex(length: number): string;
}

/** `generation` distinguishes the runs of a server whose state is kept in a file. */
export function createIds(seed: string, generation: number): Ids {
  let count = 0;
  const next = (): string => digest(`${seed}|${generation}|${(count += 1)}`);
  return {
    guid: () => toGuid(next()),
    guidOf: (name) => toGuid(digest(`${seed}|${name.toLowerCase()}`)),
    hex: (length) => next().slice(0, length),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Version 4 and variant bits set, so that clients which check the form accept it. */
function toGuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
