import { recordsOf, type Kept } from '../shared/eval-records.ts';

/** Where the results about one content are: the runs of each candidate. */
export interface ResultRecord extends Kept {
  readonly items: number;
  readonly repeats: number;
  /** Name of the candidate that came first. */
  readonly best: string;
  /** Keys of the candidates by name. */
  readonly candidates: Readonly<Record<string, string>>;
}

export const results = recordsOf<ResultRecord>({
  prefix: 'ingate.result.',
  encode({ items, repeats, best, candidates }) {
    const keys = Object.entries(candidates).map(([name, key]) => `${name}=${key}`);
    return [String(items), String(repeats), best, keys.join(' ')].join('|');
  },
  decode(text, at) {
    const [items = '', repeats = '', best = '', keys = ''] = text.split('|');
    const candidates = keys.split(' ').map((one) => one.split('='));
    if (!/^\d+$/.test(items) || !/^\d+$/.test(repeats) || candidates.some(({ length }) => length !== 2))
      return undefined;
    return {
      at,
      items: Number(items),
      repeats: Number(repeats),
      best,
      candidates: Object.fromEntries(candidates as [string, string][]),
    };
  },
});
