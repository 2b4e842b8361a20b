import { join } from 'node:path';
import { saveFile } from '../save-file.ts';
import type { BatchResults, BatchRun } from '../../reconcilers/shared/batch/port.ts';

/** Writes results, rows without an answer apart, and what the batch was; each file in one step. */
export function saveResults(folder: string, run: BatchRun, { answers, errors }: BatchResults): void {
  const save = (name: string, text: string): void => saveFile(join(folder, name), text);
  const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
  save('results.jsonl', lines(answers));
  save('errors.jsonl', lines(errors));
  save('batch.json', `${JSON.stringify({ ...run, answers: answers.length, errors: errors.length }, undefined, 2)}\n`);
}
