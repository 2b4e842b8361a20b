import { styled, type Line } from './text.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Why a command stops whose output can no longer be written; the reason of its `stop`, as a signal's name is otherwise. */
export const LOST_OUTPUT = 'lost output';

/** What a command that holds signals is told: a first request to stop, and a second one. `reason` names the signal. */
export interface Held {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

export interface Signals {
  /** Aborts when a command that holds signals has to stop; there from the start. */
  readonly stop: AbortSignal;
  readonly hold: () => Held;
  /** Asks to stop once whoever holds signals does so, now or later. A command that never does is not stopped. */
  readonly lose: () => void;
}

/**
 * Takes the signals that ask the process to stop. Until somebody holds them, `unheld` is called, which ends the process.
 * Everybody who holds them is told by the same two signals.
 */
export function watchSignals(unheld: (signal: string) => void): Signals {
  const [stop, kill] = [new AbortController(), new AbortController()];
  let isHeld = false;
  let isLost = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!isHeld) unheld(signal);
      else if (stop.signal.aborted && stop.signal.reason !== LOST_OUTPUT) kill.abort(signal);
      else stop.abort(signal);
    });
  }
  return {
    stop: stop.signal,
    hold() {
      isHeld = true;
      if (isLost) stop.abort(LOST_OUTPUT);
      return { stop: stop.signal, kill: kill.signal };
    },
    lose() {
      isLost = true;
      if (isHeld) stop.abort(LOST_OUTPUT);
    },
  };
}

/** How a command that a signal stopped ends. */
export function stoppedLines(signal: string): Line[] {
  const why = signal === LOST_OUTPUT ? 'Stopped because its output could not be written' : `Stopped by ${signal}`;
  return [
    [styled('error', 'error ING6006')],
    ['  ', styled('strong', why)],
    ['  What was already sent to Azure remains. Run the same command again to continue from there.'],
  ];
}
