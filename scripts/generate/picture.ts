// Draws the plan of a scenario as a terminal would show it: the picture of the README, drawn again when the plan changes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PLAN = 'test/scenarios/a-pull-request-shows-everything-it-would-do/plan.txt';
const SIZE = { font: 14, line: 20, column: 8.43, margin: 20, bar: 36 };
const COLOUR = { text: '#d7dde5', dim: '#8b97a5', add: '#7ee787', change: '#e3b341', remove: '#ff7b72' };

/** Pictures by path from the root of the repository. */
export function pictures(): ReadonlyMap<string, string> {
  const lines = ['$ ingate plan -e dev', ...readFileSync(join(root, PLAN), 'utf8').trimEnd().split('\n')];
  return new Map([['docs/images/plan.svg', drawTerminal(lines)]]);
}

function drawTerminal(lines: readonly string[]): string {
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * SIZE.column + 2 * SIZE.margin);
  const height = SIZE.bar + lines.length * SIZE.line + SIZE.margin;
  const rows = lines.map((line, index) => {
    const y = SIZE.bar + (index + 1) * SIZE.line - 5;
    return `<text x="${SIZE.margin}" y="${y}" fill="${colourOf(line)}">${escaped(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A plan in a terminal">
<rect width="${width}" height="${height}" rx="8" fill="#161b22"/>
${['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${SIZE.margin + index * 18}" cy="18" r="5.5" fill="${fill}"/>`).join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${SIZE.font}">
${rows.join('\n')}
</g>
</svg>
`;
}

function colourOf(line: string): string {
  if (/^\s+@@|^\s+\(/.test(line)) return COLOUR.dim;
  if (/^\s+\+/.test(line)) return COLOUR.add;
  if (/^\s+-/.test(line)) return COLOUR.remove;
  if (/^\s+~/.test(line)) return COLOUR.change;
  return COLOUR.text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
}
