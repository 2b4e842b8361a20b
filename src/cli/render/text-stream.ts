import { printLine } from '../text.ts';

/** Prints text of a model or an app while it arrives. */
export interface TextStream {
  push(piece: string): void;
  /** Prints what was held back, and ends the line. */
  end(): void;
}

/** What a pipeline would read as a command, and how much of it may be cut off at the end of a piece. */
const STARTS = ['##vso[', '##['];
const LONGEST_LINE = 4000;

/**
 * Every line is made harmless as a whole line would be, however the pieces are cut: what could still become a command of a
 * pipeline is held back until it is clear. Very long lines are printed in parts.
 */
export function textStream(write: (text: string) => void): TextStream {
  let line = '';
  let printed = 0;
  const print = (length: number): void => {
    const safe = printLine([line.slice(0, length)], false);
    write(safe.slice(printed));
    printed = safe.length;
  };
  const next = (): void => {
    print(line.length);
    write('\n');
    line = '';
    printed = 0;
  };
  return {
    push(piece) {
      const [first = '', ...rest] = piece.split('\n');
      line += first;
      for (const more of rest) {
        if (line.endsWith('\r')) line = line.slice(0, -1);
        next();
        line = more;
      }
      if (line.length > LONGEST_LINE) next();
      else print(line.length - heldBack(line));
    },
    end() {
      if (line !== '') next();
    },
  };
}

function heldBack(line: string): number {
  if (/^\s*:?$/.test(line)) return line.length;
  const cut = line.endsWith('\r') ? 1 : 0;
  const open = STARTS.flatMap((start) =>
    Array.from({ length: start.length - 1 }, (_, index) => start.slice(0, index + 1)).filter((part) =>
      line.endsWith(part),
    ),
  );
  return Math.max(cut, ...open.map((part) => part.length));
}
