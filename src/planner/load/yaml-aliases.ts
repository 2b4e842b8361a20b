import { isAlias, isNode, visit, type Document, type Node } from 'yaml';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';

/**
 * Aliases that stand for nothing or for themselves, with the place of each. A value such as `*.contoso.com` is an alias to
 * YAML, and an anchor counts only within its document and only before its alias.
 */
export function unusableAliases(
  document: Document.Parsed,
  at: (start: number, end?: number) => SourcePosition,
): Diagnostic[] {
  const anchored = new Map<string, Node>();
  const found: Diagnostic[] = [];
  visit(document, {
    Node(_, node, path) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchored.set(node.anchor, node);
        return;
      }
      const target = anchored.get(node.source);
      const place = at(node.range?.[0] ?? 0, node.range?.[1]);
      if (target === undefined) {
        found.push(
          problem('ING1006', `*${node.source} is an alias, and this document has no anchor &${node.source} before it`, {
            at: place,
            hint: `Put it in quotes if text is meant: "*${node.source}". Anchors of other documents cannot be used.`,
          }),
        );
      } else if (path.some((holder) => isNode(holder) && holder === target)) {
        found.push(
          problem('ING1006', `*${node.source} stands for a value that contains it`, {
            at: place,
            hint: `Write the value out, or put it in quotes if text is meant: "*${node.source}".`,
          }),
        );
      }
    },
  });
  return found;
}
