import { html } from './escape.ts';

/** Texts as a list; nothing without any. */
export function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${html(text)}</li>`).join('')}</ul>\n`;
}

/** A table of texts whose first row names the columns. `name`: the column that says what a row is about. */
export function tableOf([head = [], ...rows]: readonly (readonly string[])[], name = 0): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === name ? `<th scope="row">${html(cell)}</th>` : `<td>${html(cell)}</td>`))
      .join('');
  return `<table><thead><tr>${head.map((cell) => `<th scope="col">${html(cell)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
}
