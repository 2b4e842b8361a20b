import { nameHint } from '../../planner/load/suggest.ts';
import { boundedReader, deadlineIn } from '../../azure/bounded.ts';
import type { Connection } from '../../azure/connect.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import { hasErrors, problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Live } from '../../model/kind.ts';
import { isResourceId, kindOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import type { LiveState } from '../../planner/read-live.ts';
import { exitCodes } from '../exit-codes.ts';
import { invokeApp } from '../invoke/app.ts';
import { readInput, type InputOptions } from '../invoke/input.ts';
import { invokeModel } from '../invoke/model.ts';
import type { Outcome } from '../invoke/outcome.ts';
import type { Io } from '../io.ts';
import { partOf, readPart } from '../live-part.ts';
import { outcomeLines } from '../render/outcome.ts';
import { textStream } from '../render/text-stream.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, openEnvironment, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';

export interface InvokeOptions extends EnvironmentOptions, InputOptions {
  readonly version?: string;
  readonly revision?: string;
  readonly stream: boolean;
  readonly path: string;
  readonly method?: string;
  readonly header: readonly string[];
  /** Seconds. */
  readonly timeout: number;
}

const INVOCABLE = ['Agent', 'ContainerApp', 'ModelDeployment'];
const FOUND_WITH = new Set(['FoundryAccount', 'FoundryProject']);

/** Calls an agent, an app or a model once, for a manual test. `words`: the environment unless `-e` names it, then Kind/name. */
export async function invoke(io: Io, options: InvokeOptions, words: readonly string[]): Promise<number> {
  const [first = '', second] = words;
  const [environment, target] = second === undefined ? [options.environment, first] : [first, second];
  const input = readInput(options);
  const wrong = unusable(options, words, target, input);
  if (wrong) {
    reportProblems(io, [wrong], options);
    return exitCodes.usage;
  }
  const opened = openEnvironment(io, { ...options, ...(environment === undefined ? {} : { environment }) });
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  const stream = options.stream ? textStream(io.write) : undefined;
  const onText = stream && ((piece: string): void => stream.push(piece));
  try {
    const id = target as ResourceId;
    const outcome = await call(opened.value, connection, id, options, input as string | undefined, onText);
    stream?.end();
    return show(io, outcome, options);
  } catch (error) {
    stream?.end();
    const found = problemsOf(error, target as ResourceId);
    reportProblems(io, found, options);
    return exitCodeFor(found);
  } finally {
    await connection.close();
  }
}

function unusable(
  options: InvokeOptions,
  words: readonly string[],
  target: string,
  input: string | undefined | Diagnostic,
): Diagnostic | undefined {
  if (words.length > 2) return problem('ING6341', 'More than an environment and a resource is named');
  if (!isResourceId(target) || !INVOCABLE.includes(kindOf(target)))
    return problem('ING6341', `"${target}" cannot be invoked`, {
      hint: `Name one as Kind/name; kinds: ${INVOCABLE.join(', ')}.`,
    });
  if (typeof input === 'object') return input;
  const kind = kindOf(target);
  if (options.version !== undefined && kind !== 'Agent')
    return problem('ING6340', '--version chooses a version of an agent', { hint: 'For an app there is --revision.' });
  if (options.revision !== undefined && kind !== 'ContainerApp')
    return problem('ING6340', '--revision chooses a revision of a container app', {
      hint: 'For an agent there is --version.',
    });
  if (options.stream && options.output === 'json')
    return problem('ING6340', '--stream prints text as it arrives, which a JSON document cannot');
  if (kind !== 'ContainerApp' && (input === undefined || input.trim() === ''))
    return problem('ING6341', `Nothing is asked of ${target}`, { hint: 'Give it an input: --input TEXT or --file F.' });
  return undefined;
}

async function call(
  { graph, scope }: Opened,
  connection: Connection,
  id: ResourceId,
  options: InvokeOptions,
  input: string | undefined,
  onText: ((piece: string) => void) | undefined,
): Promise<Outcome> {
  if (!graph.has(id))
    throw new ProblemError(
      problem('ING6341', `There is no ${id} in this environment`, {
        hint: nameHint(
          id,
          [...graph.keys()].filter((one) => INVOCABLE.includes(kindOf(one))),
          'resources that can be invoked',
        ),
      }),
    );
  const deadline = deadlineIn(options.timeout);
  const part = partOf(
    graph,
    (node) => node.id === id || (kindOf(id) !== 'ContainerApp' && FOUND_WITH.has(kindOf(node.id))),
  );
  const state = await readPart(part, scope, boundedReader(connection.session, deadline));
  const live = state.live.get(id);
  if (!live) {
    const [failed] = state.diagnostics;
    throw new ProblemError(
      failed ?? problem('ING6341', `${id} is not in Azure`, { resource: id, hint: 'Apply the environment first.' }),
    );
  }
  const timeout = options.timeout * 1000;
  if (kindOf(id) === 'ContainerApp') {
    const { revision, path, method, header } = options;
    const wanted = { path, headers: header, timeout, ...(revision ? { revision } : {}), ...(method ? { method } : {}) };
    return invokeApp(connection, id, live, wanted, input, onText);
  }
  const project =
    kindOf(id) === 'Agent' ? textOf(part.get(id)?.spec, 'project') : projectBeside(part.get(id)?.spec, state);
  const endpoint = member(state.live.get(resourceId('FoundryProject', project))?.outputs, 'endpoint');
  if (typeof endpoint !== 'string')
    throw new ProblemError(
      problem('ING6341', `${id} is reached through a FoundryProject of its account, and there is none`, {
        resource: id,
      }),
    );
  const version = options.version === undefined ? {} : { version: options.version };
  return invokeModel(connection, { id, endpoint, ...nameOf(id, live), ...version }, input ?? '', timeout, onText);
}

function nameOf(id: ResourceId, { body }: Live): { readonly agent: string } | { readonly model: string } {
  const name = textOf(body, 'name');
  return kindOf(id) === 'Agent' ? { agent: name } : { model: name };
}

/** Name of the first project of the account of a model deployment. */
function projectBeside(spec: JsonObject | undefined, { live }: LiveState): string {
  const account = textOf(spec, 'account');
  const found = [...live].find(
    ([id, one]) => kindOf(id) === 'FoundryProject' && textOf(one.spec, 'account') === account,
  );
  return found ? found[0].slice('FoundryProject/'.length) : '';
}

function problemsOf(error: unknown, id: ResourceId): Diagnostic[] {
  if (error instanceof ProblemError) return [error.problem];
  if (isAzureError(error)) return [describeAzureError(error, id)];
  throw error;
}

/** The answer on standard output, everything about it on standard error. */
function show(io: Io, outcome: Outcome, options: InvokeOptions): number {
  if (options.output === 'json') io.write(`${jsonText(outcome, 2)}\n`);
  else {
    const { text = '' } = outcome;
    if (!options.stream && text !== '')
      io.print(
        ...text
          .replace(/\r?\n$/, '')
          .split(/\r?\n/)
          .map((line) => [line]),
      );
    io.say(...outcomeLines(outcome));
    if (outcome.diagnostics.length > 0) reportProblems(io, outcome.diagnostics, {});
  }
  return hasErrors(outcome.diagnostics) ? exitCodeFor(outcome.diagnostics) : exitCodes.ok;
}
