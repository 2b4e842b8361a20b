import { parse } from 'yaml';
import { arrayAt, isObject, member, textAt, type Json, type JsonObject } from '../../engine/json.ts';

/** One thing that a run does. */
export type Step =
  | {
      readonly kind: 'build';
      readonly images: readonly string[];
      readonly dockerfile: string;
      readonly context: string;
      readonly target: string | undefined;
      readonly buildArguments: Readonly<Record<string, string>>;
      /** Pushed when it is built; otherwise by a later step. */
      readonly push: boolean;
    }
  | { readonly kind: 'push'; readonly images: readonly string[] }
  | { readonly kind: 'command'; readonly text: string };

/** Values of names in a task: `{{.Run.ID}}`, `$ID`, `{{.Values.tag}}`. */
export interface Names {
  readonly runId: string;
  readonly registry: string;
  readonly date: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The single step of a DockerBuildRequest or a Docker task. */
export function dockerStep(request: JsonObject, names: Names): Step {
  const sent = arrayAt(request, 'arguments');
  const buildArguments = sent.map((each): [string, string] => [
    textAt(each, 'name') ?? '',
    textAt(each, 'value') ?? '',
  ]);
  const images = arrayAt(request, 'imageNames').filter((each) => typeof each === 'string');
  return {
    kind: 'build',
    images: images.map((image) => expand(image, names)),
    dockerfile: textAt(request, 'dockerFilePath') ?? 'Dockerfile',
    context: '.',
    target: textAt(request, 'target'),
    buildArguments: Object.fromEntries(buildArguments),
    push: member(request, 'isPushEnabled') !== false,
  };
}

/** The steps of a task file (YAML). Throws an Error when it is none. */
export function taskSteps(text: string, names: Names): Step[] {
  const task = parse(text) as Json;
  const steps = arrayAt(task, 'steps');
  if (!isObject(task) || steps.length === 0) throw new Error('the task has no steps');
  return steps.map((step) => toStep(step, names));
}

function toStep(step: Json, names: Names): Step {
  const build = textAt(step, 'build');
  const command = textAt(step, 'cmd');
  const pushed = arrayAt(step, 'push').filter((each) => typeof each === 'string');
  if (build !== undefined) return buildStep(words(expand(build, names)));
  if (pushed.length > 0) return { kind: 'push', images: pushed.map((image) => expand(image, names)) };
  if (command !== undefined) return { kind: 'command', text: expand(command, names) };
  throw new Error('a step is neither build, push nor cmd');
}

const VALUED: Readonly<Record<string, 'images' | 'dockerfile' | 'target' | 'arguments' | 'ignored'>> = {
  '-t': 'images',
  '--tag': 'images',
  '-f': 'dockerfile',
  '--file': 'dockerfile',
  '--target': 'target',
  '--build-arg': 'arguments',
  '--platform': 'ignored',
};

/** The options of `docker build`. */
function buildStep(given: readonly string[]): Step {
  const found: Record<string, string[]> = { images: [], dockerfile: [], target: [], arguments: [], ignored: [] };
  let context = '.';
  for (let index = 0; index < given.length; index += 1) {
    const [option = '', attached] = (given[index] ?? '').split(/=(?<value>.*)/su);
    const slot = VALUED[option];
    if (slot !== undefined) {
      if (attached === undefined) index += 1;
      found[slot]?.push(attached ?? given[index] ?? '');
    } else if (!option.startsWith('-')) context = given[index] ?? '.';
  }
  return {
    kind: 'build',
    images: found['images'] ?? [],
    dockerfile: found['dockerfile']?.at(-1) ?? 'Dockerfile',
    context,
    target: found['target']?.at(-1),
    buildArguments: Object.fromEntries((found['arguments'] ?? []).map(splitArgument)),
    push: false,
  };
}

function splitArgument(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Words of a command line, quotes honoured. */
function words(text: string): string[] {
  const found = text.matchAll(/"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>\S+)/gu);
  return [...found].map(({ groups = {} }) => groups['double'] ?? groups['single'] ?? groups['plain'] ?? '');
}

/** Fills in what a run knows. */
function expand(text: string, { runId, registry, date, values }: Names): string {
  return text
    .replaceAll(/\{\{\s*\.Run\.ID\s*\}\}|\$\{?ID\b\}?/gu, runId)
    .replaceAll(/\{\{\s*\.Run\.Registry\s*\}\}|\$\{?Registry\b\}?/gu, registry)
    .replaceAll(/\{\{\s*\.Run\.Date\s*\}\}|\$\{?Date\b\}?/gu, date)
    .replaceAll(/\{\{\s*\.Values\.(?<name>[\w.-]+)\s*\}\}/gu, (_match, name: string) => values[name] ?? '');
}

/** `registry.azurecr.io/team/app:1.0` without the registry; `latest` where no tag is given. */
export function splitImage(image: string, registry: string): { readonly repository: string; readonly tag: string } {
  const local = image.toLowerCase().startsWith(`${registry}/`) ? image.slice(registry.length + 1) : image;
  const at = local.lastIndexOf(':');
  return at > local.lastIndexOf('/')
    ? { repository: local.slice(0, at), tag: local.slice(at + 1) }
    : { repository: local, tag: 'latest' };
}
