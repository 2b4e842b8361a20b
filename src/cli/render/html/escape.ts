import { harmless } from '../../text.ts';

/**
 * Text for HTML, in elements and in quoted attributes; control and reordering characters are shown as what they are. A line
 * end is written as a reference, and so is what begins a command of a pipeline: a page on standard output holds neither.
 */
export function html(text: string): string {
  const visible = text.split('\n').map(harmless).join('\n');
  return visible
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\n', '&#10;')
    .replaceAll('##', '&#35;#')
    .replaceAll('::', '&#58;:');
}

/** An id for anchors that any resource id maps to, and no two the same. */
export function anchor(id: string): string {
  return `r-${Buffer.from(id).toString('hex')}`;
}
