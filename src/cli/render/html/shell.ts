import { createHash } from 'node:crypto';
import { html } from './escape.ts';
import { STYLE } from './style.ts';

/** What a report is made of. `header` and `main` are HTML that was made harmless; the other texts are plain. */
export interface Page {
  readonly title: string;
  readonly skipTo?: { readonly anchor: string; readonly text: string };
  readonly header: string;
  readonly main: string;
  /** Name and version of the tool, for the foot of the page. */
  readonly tool?: string;
  /** More style, after the one of all pages. */
  readonly style?: string;
  /** The only script that may run; none without it. */
  readonly script?: string;
}

/** One page that needs no network: everything is in it, and only its own style and script may be used. */
export function pageOf({ title, skipTo, header, main, tool, script, style = '' }: Page): string {
  const styles = STYLE + style;
  const scripts = script === undefined ? '' : `script-src ${hashOf(script)}; `;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(styles)}; ${scripts}base-uri 'none'; form-action 'none'">
<title>${html(title)}</title>
<style>${styles}</style>
</head>
<body>
${skipTo ? `<a class="skip" href="#${html(skipTo.anchor)}">${html(skipTo.text)}</a>\n` : ''}<header>
<h1>${html(title)}</h1>
${header}
</header>
<main>
${main}
</main>
${tool === undefined ? '' : `<footer class="dim">${html(tool)}</footer>\n`}${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
