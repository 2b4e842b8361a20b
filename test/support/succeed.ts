import type { Lab } from './lab.ts';

/** Applies `dev` of a lab. Rejects with what was printed unless everything was done. */
export async function applyAll(lab: Lab): Promise<void> {
  const { code, out, err } = await lab.ingate('apply', '-e', 'dev', '--yes');
  if (code !== 0) throw new Error(`apply ended with ${code}: ${out}${err}`);
}
