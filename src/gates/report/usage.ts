import { shown, type GateReport } from './document.ts';

/** Usage of the answers of one version. Tokens are absent where the service does not return them, cost without prices. */
export interface ArmUsage {
  /** Answers that were read: items times repeats, unless the run stopped. */
  readonly answers: number;
  /** Of these, answers of runs that an earlier evaluation had started. */
  readonly reused: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** By the prices of the gate's own `cost` grader; what the judge takes is not in it. */
  readonly cost?: number;
}

/** One line per version; none for reports of earlier versions of this program. */
export function usageTexts({ usage }: GateReport): string[] {
  if (usage === undefined) return [];
  return [
    lineOf('candidate', usage.candidate),
    ...(usage.baseline === undefined ? [] : [lineOf('baseline', usage.baseline)]),
  ];
}

function lineOf(arm: string, { answers, reused, inputTokens, outputTokens, cost }: ArmUsage): string {
  return [
    `${arm}: ${answers} answers, ${reused} of them reused from earlier runs`,
    ...(inputTokens === undefined || outputTokens === undefined
      ? []
      : [`${inputTokens} tokens in and ${outputTokens} out`]),
    ...(cost === undefined ? [] : [`cost ${shown(cost)}`]),
  ].join(', ');
}

/** The digests that signed evidence rests on; `length`: characters of each. */
export function digestTexts({ evidence }: GateReport, length = 64): string[] {
  if (evidence === undefined) return [];
  const { gateSha256, datasetSha256, target } = evidence;
  const cut = (digest: string): string => digest.slice(0, length);
  return [`digests: gate ${cut(gateSha256)}, items ${cut(datasetSha256)}, target ${cut(target)}`];
}
