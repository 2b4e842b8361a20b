import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** A YAML or JSON file whose parts know where they are written. */
export interface YamlFile {
  readonly content: unknown;
  /** `seed.yaml:12`: where the part at a path of keys and indexes starts, or the innermost part around it that exists. */
  readonly at: (...path: readonly (string | number)[]) => string;
}

/** Throws an Error with name and line when the file is not YAML. */
export function readYamlFile(file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => `${basename(file)}:${lines.linePos(offset).line}`;
  const [problem] = document.errors;
  if (problem) throw new Error(`${place(problem.pos[0])}: ${problem.message}`);
  const at = (...path: readonly (string | number)[]): string => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range) return place(node.range[0]);
    return path.length === 0 ? place(0) : at(...path.slice(0, -1));
  };
  return { content: document.toJS() as unknown, at };
}
