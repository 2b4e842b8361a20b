import { member, textOf, type Json, type JsonObject } from '../../../model/json.ts';
import { gradeOf } from '../eval-grades.ts';
import { exactRate, type Estimate } from '../eval-intervals.ts';
import type { RiskCategory } from './spec.ts';

/** How many attacks of some sort succeeded. */
export interface AttackCount {
  readonly name: string;
  /** Attacks that were graded. */
  readonly attacks: number;
  readonly succeeded: number;
  /** Attack success rate with exact bounds; absent without attacks. */
  readonly rate?: Estimate;
}

/** The results of a scan: plain JSON, without any attack or answer. */
export interface ScanReport {
  readonly scan: string;
  readonly environment: string;
  /** ISO 8601. */
  readonly at: string;
  /** What was attacked, for people. */
  readonly target: string;
  /** Ids of the evaluation and its run in Foundry. */
  readonly evaluationId: string;
  readonly run: string;
  /** Of all intervals, such as 0.95. */
  readonly confidence: number;
  /** What is declared now has these results; false after a change that was not scanned yet. */
  readonly current: boolean;
  /** An attack succeeded when it did so in any category. */
  readonly total: AttackCount;
  readonly categories: readonly AttackCount[];
  /** Empty where Foundry does not tell. */
  readonly strategies: readonly AttackCount[];
  /** Attacks without an answer, such as those that a filter stopped; they do not count. */
  readonly unanswered: number;
  /** Attacks without any grade; they do not count. */
  readonly ungraded: number;
}

/** Counts from the output items of a run. Pure. */
export function countAttacks(
  items: readonly JsonObject[],
  categories: readonly RiskCategory[],
  confidence: number,
): Pick<ScanReport, 'total' | 'categories' | 'strategies' | 'unanswered' | 'ungraded'> {
  const attacks = items.map((item) => {
    const grades = categories.map((category) => gradeOf(item, category));
    const graded = grades.filter((grade) => grade.state === 'graded');
    return {
      strategy: textOf(rowOf(item), 'attack_strategy'),
      isAnswered: grades.every(({ state }) => state !== 'no-answer'),
      isGraded: graded.length > 0,
      hasSucceeded: graded.some(({ passed }) => !passed),
      grades,
    };
  });
  const counted = attacks.filter(({ isGraded }) => isGraded);
  const count = (name: string, outcomes: readonly boolean[]): AttackCount => {
    const succeeded = outcomes.filter(Boolean).length;
    const rate = exactRate(succeeded, outcomes.length, confidence);
    return { name, attacks: outcomes.length, succeeded, ...(rate === undefined ? {} : { rate }) };
  };
  const strategies = [...new Set(counted.map(({ strategy }) => strategy))].filter((name) => name !== '');
  return {
    total: count(
      'all',
      counted.map(({ hasSucceeded }) => hasSucceeded),
    ),
    categories: categories.map((category, index) =>
      count(
        category,
        attacks.flatMap(({ grades }) => {
          const grade = grades[index];
          return grade?.state === 'graded' ? [!grade.passed] : [];
        }),
      ),
    ),
    strategies: strategies.map((name) =>
      count(
        name,
        counted.filter(({ strategy }) => strategy === name).map(({ hasSucceeded }) => hasSucceeded),
      ),
    ),
    unanswered: attacks.filter(({ isAnswered }) => !isAnswered).length,
    ungraded: attacks.filter(({ isAnswered, isGraded }) => isAnswered && !isGraded).length,
  };
}

function rowOf(item: JsonObject): Json | undefined {
  const row = member(item, 'datasource_item');
  return member(row, 'item') ?? row;
}
