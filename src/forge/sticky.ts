import type { Comment, Discussion, Issue, Issues } from './forge.ts';

/** What a comment of ours begins with, so that it is found again; not shown to readers. */
export interface Marker {
  /** Which of our comments it is; one per key stays. */
  readonly key: string;
  /** Grows with every run; an older run does not overwrite what a newer one wrote. */
  readonly run: number;
  /** Commit that it is about. */
  readonly head: string;
}

const FORM = /^<!-- ingate:(?<key>[a-z0-9-]+) run=(?<run>\d+) head=(?<head>[0-9a-f]*) -->/;

function markerText({ key, run, head }: Marker): string {
  return `<!-- ingate:${key.replaceAll(/[^a-z0-9-]/g, '-')} run=${run} head=${head.replaceAll(/[^0-9a-f]/g, '')} -->`;
}

function readMarker(body: string): Marker | undefined {
  const found = FORM.exec(body)?.groups;
  return found && { key: found['key'] ?? '', run: Number(found['run']), head: found['head'] ?? '' };
}

export type Posted = { readonly outcome: 'created' | 'updated'; readonly url: string } | { readonly outcome: 'older' };

/** Writes the one comment with this marker: updates the newest of ours, removes others of ours, or creates one. */
export async function postSticky(discussion: Discussion, marker: Marker, body: string): Promise<Posted> {
  const ours = (await discussion.ownComments()).filter((comment) => readMarker(comment.body)?.key === marker.key);
  const newest = ours.toSorted((a, b) => runOf(b) - runOf(a))[0];
  if (newest && runOf(newest) > marker.run) return { outcome: 'older' };
  const text = `${markerText(marker)}\n${body}`;
  const written = newest ? await discussion.update(newest.id, text) : await discussion.create(text);
  for (const other of ours) if (other.id !== newest?.id) await discussion.remove(other.id);
  return { outcome: newest ? 'updated' : 'created', url: written.url };
}

function runOf({ body }: Comment): number {
  return readMarker(body)?.run ?? -1;
}

/** Opens or updates the one issue with this key; closes it when there is nothing to say any more. */
export async function postIssue(
  issues: Issues,
  key: string,
  title: string,
  body: string | undefined,
): Promise<'created' | 'updated' | 'closed' | 'none'> {
  const marker = markerText({ key, run: 0, head: '' });
  const ours = (await issues.open()).filter((issue: Issue) => readMarker(issue.body)?.key === readMarker(marker)?.key);
  const [first, ...others] = ours;
  for (const other of others) await issues.update(other.number, { state: 'closed' });
  if (body === undefined) {
    if (first) await issues.update(first.number, { state: 'closed' });
    return first ? 'closed' : 'none';
  }
  const text = `${marker}\n${body}`;
  if (!first) {
    await issues.create(title, text);
    return 'created';
  }
  if (first.body !== text) await issues.update(first.number, { body: text });
  return 'updated';
}
