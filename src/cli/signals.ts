import { styled, type Line } from './text.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a command that holds signals is told: a first request to stop, and a second one. `reason` names the signal. */
export interface Held {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/**
 * Takes the signals that ask the process to stop. Until somebody holds them, `unheld` is called, which ends the process.
 * Everybody who holds them is told by the same two signals.
 */
export function watchSignals(unheld: (signal: string) => void): { readonly hold: () => Held } {
  const [stop, kill] = [new AbortController(), new AbortController()];
  let isHeld = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!isHeld) unheld(signal);
      else if (stop.signal.aborted) kill.abort(signal);
      else stop.abort(signal);
    });
  }
  return {
    hold() {
      isHeld = true;
      return { stop: stop.signal, kill: kill.signal };
    },
  };
}

/** How a command that a signal stopped ends. */
export function stoppedLines(signal: string): Line[] {
  return [
    [styled('error', 'error ING6006')],
    ['  ', styled('strong', `Stopped by ${signal}`)],
    ['  What was already sent to Azure remains. Run the same command again to continue from there.'],
  ];
}
