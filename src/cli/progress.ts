import type { Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import type { ApplyEvent } from '../reconcilers/apply/events.ts';
import { isPipeline, type Io } from './io.ts';
import { doing, eventLine } from './render/apply-text.ts';
import { harmless, jsonText, styled } from './text.ts';

/** Shows an apply while it runs. */
export interface Progress {
  show(event: ApplyEvent): void;
  end(): Promise<void>;
}

/** Rows of what is in flight; more would make a long apply slow and unreadable. */
const ROWS = 8;

interface ProgressOptions {
  readonly output?: string;
  /** Counts instead of a line per event. */
  readonly quiet?: boolean;
}

/** A live view in a terminal, plain lines in a pipeline, one JSON object per line for programs. */
export async function createProgress(io: Io, plan: Plan, how: ProgressOptions): Promise<Progress> {
  if (how.output === 'json') return jsonLines(io, plan);
  if (canBeLive(io, process.stderr.isTTY)) return liveView(plan);
  return how.quiet ? countedLines(io, plan) : plainLines(io);
}

/** Lines can be overwritten: a terminal with a width reads both outputs, and no pipeline keeps them. */
export function canBeLive({ columns = 0, env }: Pick<Io, 'columns' | 'env'>, isErrorTty: boolean): boolean {
  return columns > 0 && isErrorTty && env['TERM'] !== 'dumb' && !isPipeline(env);
}

function plainLines(io: Io): Progress {
  return { show: (event) => io.say(eventLine(event)), end: () => Promise.resolve() };
}

/** Share of the changes after which there is a line. */
const STEP = 0.1;

/** A line per tenth of the changes, and what failed. */
function countedLines(io: Io, plan: Plan): Progress {
  const total = plan.changes.filter((change) => change.action !== 'keep').length;
  let ended = 0;
  let next = STEP;
  return {
    show(event) {
      if (event.type === 'started' || event.type === 'progress' || event.type === 'attached') return;
      ended++;
      if (event.type !== 'finished') io.say(eventLine(event));
      if (ended < total && ended / total < next) return;
      while (ended / total >= next) next += STEP;
      io.say([styled('dim', `${ended} of ${total} done, last ${event.id}`)]);
    },
    end: () => Promise.resolve(),
  };
}

const EVENT_NAMES: Readonly<Record<ApplyEvent['type'], string>> = {
  started: 'apply_start',
  progress: 'apply_progress',
  finished: 'apply_complete',
  attached: 'apply_attached',
  failed: 'apply_errored',
  blocked: 'apply_blocked',
  unstarted: 'apply_unstarted',
};

function jsonLines(io: Io, plan: Plan): Progress {
  const write = (entry: object): void =>
    io.write(`${jsonText({ '@timestamp': new Date().toISOString(), ...entry })}\n`);
  write({ type: 'version', ingate: plan.tool, plan_hash: plan.digest });
  return { show: ({ type, ...event }) => write({ type: EVENT_NAMES[type], ...event }), end: () => Promise.resolve() };
}

async function liveView(plan: Plan): Promise<Progress> {
  const { Listr } = await import('listr2');
  const total = plan.changes.filter((change) => change.action !== 'keep').length;
  const inFlight = new Map<ResourceId, string>();
  let ended = 0;
  let failed = 0;
  const finished = Promise.withResolvers<void>();
  let update = (): void => undefined;
  const list = new Listr(
    [
      {
        title: 'Applying',
        task: async (_, task) => {
          update = () => {
            const rows = [...inFlight].slice(0, ROWS).map(([id, text]) => harmless(`${id}: ${text}`));
            const more = inFlight.size - ROWS;
            task.title = `Applying: ${ended} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`;
            task.output = [...rows, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
          };
          update();
          await finished.promise;
        },
        rendererOptions: { outputBar: true, persistentOutput: false },
      },
    ],
    { rendererOptions: { collapseSubtasks: false }, registerSignalListeners: false },
  );
  const shown = list.run();
  return {
    show(event) {
      if (event.type === 'started') inFlight.set(event.id, doing(event.action));
      else if (event.type === 'progress') inFlight.set(event.id, event.message);
      else if (event.type === 'attached') return;
      else {
        inFlight.delete(event.id);
        ended++;
        if (event.type === 'failed') failed++;
      }
      update();
    },
    async end() {
      finished.resolve();
      await shown;
    },
  };
}
