import { harmless, styled, type Line } from '../text.ts';
import { code } from './markdown.ts';

/** A table in the terminal; the first row is its head. */
export function tableLines(rows: readonly (readonly string[])[]): Line[] {
  const table = rows.map((row) => row.map(harmless));
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row, index): Line => {
    const line = `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
    return [index === 0 ? styled('dim', line) : line];
  });
}

/** A table in Markdown; the first row is its head. No value can leave its cell. */
export function tableMarkdown(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...others] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.map(code).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...others.map(line)];
}
