import { recordsOf, type Kept } from '../eval-records.ts';

/** What a scan found, and the run that did. */
export interface ScanRecord extends Kept {
  /** Attacks that were graded. */
  readonly attacks: number;
  readonly succeeded: number;
  /** Id of the run. */
  readonly run: string;
}

export const scans = recordsOf<ScanRecord>({
  prefix: 'ingate.scan.',
  encode: ({ attacks, succeeded, run }) => [String(attacks), String(succeeded), run].join('|'),
  decode(text, at) {
    const [attacks = '', succeeded = '', run = ''] = text.split('|');
    if (!/^\d+$/.test(attacks) || !/^\d+$/.test(succeeded) || run === '') return undefined;
    return { at, attacks: Number(attacks), succeeded: Number(succeeded), run };
  },
});
