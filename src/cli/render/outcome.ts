import type { Outcome } from '../invoke/outcome.ts';
import { styled, type Line } from '../text.ts';

/** Who answered, how fast and for how many tokens, for people. The answer itself stands elsewhere. */
export function outcomeLines(outcome: Outcome): Line[] {
  const { resource, version, revision, status, milliseconds, tokens, model, responseId, requestId, notes } = outcome;
  const who = version === undefined ? (revision === undefined ? '' : ` revision ${revision}`) : ` version ${version}`;
  const by = model === undefined ? '' : `, model ${model}`;
  const cost = tokens ? `, ${tokens.input} tokens in and ${tokens.output} out` : '';
  const ids = [responseId && `response ${responseId}`, requestId && `request id ${requestId}`].filter(Boolean);
  const failed = outcome.outcome === 'failed';
  return [
    [
      styled('strong', resource),
      who,
      ': ',
      styled(failed ? 'error' : 'add', String(status)),
      ` in ${milliseconds} ms${by}${cost}`,
    ],
    ...(ids.length === 0 ? [] : [[styled('dim', ids.join(', '))] as Line]),
    ...notes.map((note): Line => [note]),
  ];
}
