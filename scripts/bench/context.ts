import type { Row } from './result.ts';

/** What every measurement is given. */
export interface Context {
  /** Scratch folder, removed at the end. */
  readonly folder: string;
  /** The command line that is measured: built, or from source with `--source`. */
  readonly entry: string;
  /** Sizes small enough to see that everything runs; the numbers mean nothing. */
  readonly quick: boolean;
  /** Resources of the small and of the large environment. */
  readonly small: number;
  readonly large: number;
  /** Repetitions of what takes little time. */
  readonly repeat: number;
}

/** One measurement: what `--only` names, and the rows it gives. Rejects when something failed to run. */
export interface Measurement {
  readonly name: string;
  run(context: Context): Promise<readonly Row[]>;
}

/** Added to every call to the embedded Azure, in milliseconds. */
export const LATENCY = 50;
