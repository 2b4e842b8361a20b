import { LABELS, type Revision, type Share, type Snapshot } from './types.ts';

/** The revision that serves when no rollout is in progress; undefined when that is not clear. */
export function stableOf({ traffic, revisions }: Snapshot): Revision | undefined {
  const labelled = traffic.find(({ label }) => label === LABELS.stable);
  const whole = traffic.find(({ weight }) => weight === 100);
  const name = (labelled ?? whole)?.revision;
  return revisions.find((revision) => revision.name === name);
}

export function weightOf(traffic: readonly Share[], revision: string): number {
  return traffic.filter((share) => share.revision === revision).reduce((sum, { weight }) => sum + weight, 0);
}

/** Everything to one revision. */
export function allTo(stable: string): Share[] {
  return [{ revision: stable, weight: 100, label: LABELS.stable }];
}

/** The candidate beside the stable revision. */
export function split(stable: string, candidate: string, weight: number): Share[] {
  return [
    { revision: stable, weight: 100 - weight, label: LABELS.stable },
    { revision: candidate, weight, label: LABELS.candidate },
  ];
}

/** The candidate has become stable; what it replaced keeps a label to go back to. */
export function promoted(candidate: string, previous: string): Share[] {
  return [...allTo(candidate), { revision: previous, weight: 0, label: LABELS.previous }];
}

/** The same entries, in any order. */
export function sameShares(left: readonly Share[], right: readonly Share[]): boolean {
  const key = (shares: readonly Share[]): string =>
    shares
      .map(({ revision, weight, label }) => `${revision ?? ''} ${weight} ${label ?? ''}`)
      .toSorted()
      .join('\n');
  return key(left) === key(right);
}
