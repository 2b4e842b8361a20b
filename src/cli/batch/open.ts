import { nameHint } from '../../planner/load/suggest.ts';
import { readFileSync } from 'node:fs';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, member, textOf, type JsonObject } from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';
import { isResourceId, kindOf, type ResourceId } from '../../model/resource-id.ts';
import type { Planned } from '../../planner/index.ts';
import { didYouMean } from '../../planner/load/suggest.ts';
import type { FilePath } from '../file-path.ts';
import { unreadable } from '../save-file.ts';
import type { Opened } from '../session.ts';
import { containerJobBatches } from './container-job.ts';
import { DEFAULT_OUTPUT, endpointBatches } from './endpoint.ts';
import { foundryBatches } from '../../reconcilers/shared/batch/foundry.ts';
import { batchInput } from '../../reconcilers/shared/batch/lines.ts';
import type { BatchPort } from '../../reconcilers/shared/batch/port.ts';

export interface BatchRequest {
  /** File with rows, for a ModelDeployment. */
  readonly input?: FilePath;
  /** Folder or file that a BatchEndpoint scores, and where results go. */
  readonly inputUri?: string;
  readonly outputUri?: string;
  /** Arguments of a ContainerJob. */
  readonly arg?: readonly string[];
  /** Project of a ModelDeployment, where its account has several. */
  readonly project?: string;
}

export interface OpenedBatch {
  readonly port: BatchPort;
  readonly key: string;
  readonly rows?: number;
}

/** What carries out batches of a target, and the key of the one that is asked for. `start`: an input is needed. */
const TAKERS = new Set(['ModelDeployment', 'ContainerJob', 'BatchEndpoint']);

export function openBatch(
  { graph, environment }: Opened,
  { state }: Planned,
  context: WriteContext,
  target: string,
  request: BatchRequest,
  start: boolean,
): OpenedBatch | Diagnostic {
  const wrong = (message: string, hint?: string): Diagnostic => problem('ING6501', message, { hint });
  if (!isResourceId(target)) {
    const meant = [...graph.keys()].filter((one) => one.endsWith(`/${target}`) && TAKES_BATCHES.has(kindOf(one)));
    return wrong(
      `"${target}" is not the name of a resource: write Kind/name`,
      didYouMean(target, meant.length > 0 ? meant : [...graph.keys()].filter((one) => TAKES_BATCHES.has(kindOf(one)))),
    );
  }
  const id = target;
  const live = state.live.get(id);
  const node = graph.get(id);
  if (!node || !live) {
    const known = [...state.live.keys()].filter((one) => TAKERS.has(kindOf(one)));
    return graph.has(id)
      ? wrong(`${target} is not in Azure yet`, 'Apply the environment first.')
      : wrong(`This environment has no ${target}`, nameHint(target, known, 'resources that take batches'));
  }
  const keyOf = (basis: JsonObject): string => sha256(canonicalJson({ target, ...basis })).slice(0, 32);
  switch (kindOf(id)) {
    case 'ModelDeployment': {
      const sku = textOf(member(node.spec, 'sku') ?? {}, 'name');
      if (start && !sku.endsWith('Batch'))
        return wrong(
          `${target} is deployed as ${sku || 'a kind that is not set'}, which takes no batches`,
          'Deploy it as GlobalBatch or DataZoneBatch.',
        );
      const endpoint = projectFor(graph, state, textOf(node.spec, 'account'), request.project);
      if (endpoint === undefined)
        return wrong(`Which project carries out batches of ${target} is not clear`, 'Name it with --project.');
      const read =
        start || request.input !== undefined ? readRows(request.input, node.azureName) : { text: '', count: 0 };
      if ('code' in read) return read;
      const port = foundryBatches({ context, endpoint, environment: environment.name, target, text: read.text });
      return { port, key: keyOf({ text: sha256(read.text) }), rows: read.count };
    }
    case 'ContainerJob': {
      const port = containerJobBatches({ context, job: live.address.path, args: request.arg ?? [] });
      return { port, key: keyOf({ args: [...(request.arg ?? [])], template: fingerprint(live.spec) }) };
    }
    case 'BatchEndpoint': {
      const scoringUri = textOf(live.outputs, 'scoringUri');
      const { inputUri = '', outputUri = DEFAULT_OUTPUT } = request;
      if (start && inputUri === '') return problem('ING6502', `${target} needs --input-uri`);
      const port = endpointBatches({ context, scoringUri, input: inputUri, output: outputUri });
      return { port, key: keyOf({ inputUri, outputUri }) };
    }
    default:
      return wrong(`${target} does not take batches`, 'Name a ModelDeployment, a ContainerJob or a BatchEndpoint.');
  }
}

const TAKES_BATCHES: ReadonlySet<string> = new Set(['ModelDeployment', 'ContainerJob', 'BatchEndpoint']);

function fingerprint(spec: JsonObject): string {
  return sha256(canonicalJson(spec));
}

function readRows(
  input: FilePath | undefined,
  deployment: string,
): { readonly text: string; readonly count: number } | Diagnostic {
  if (input === undefined) return problem('ING6502', 'A model deployment needs --input');
  let content: string;
  try {
    content = readFileSync(input.absolute, 'utf8');
  } catch (error) {
    return problem('ING6502', `The input ${input.shown} cannot be read: ${unreadable(error)}`);
  }
  const { text, count, problems } = batchInput(content, deployment);
  if (problems.length === 0) return { text, count };
  const line = problems.find((flaw) => flaw.line !== undefined)?.line;
  return problem('ING6502', `${input.shown}: ${problems.map(({ message }) => message).join('; ')}`, {
    at: line === undefined ? undefined : { file: input.shown, line, column: 1, length: 1 },
  });
}

/** Endpoint of the project that is named, or of the only one of the account. */
function projectFor(
  graph: Opened['graph'],
  state: Planned['state'],
  account: string,
  name: string | undefined,
): string | undefined {
  const projects = [...graph.values()].filter(
    ({ id, spec }) =>
      kindOf(id) === 'FoundryProject' &&
      textOf(spec, 'account') === account &&
      (name === undefined || id.endsWith(`/${name}`)),
  );
  const endpoint =
    projects.length === 1 ? state.live.get(projects[0]?.id ?? ('' as ResourceId))?.outputs['endpoint'] : undefined;
  return typeof endpoint === 'string' ? endpoint.replace(/\/+$/, '') : undefined;
}
