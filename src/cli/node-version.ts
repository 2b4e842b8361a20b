/** The least version of Node.js that ingate runs on; `engines` of package.json says the same. */
export const LEAST_NODE = '22.13';

/** Compares versions such as `v22.13.1` number by number; what is missing is 0. */
export function isOlder(version: string, least: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(least)];
  const index = want.findIndex((number, place) => number !== (have[place] ?? 0));
  return index !== -1 && (have[index] ?? 0) < (want[index] ?? 0);
}

function numbersOf(version: string): number[] {
  return version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
}
