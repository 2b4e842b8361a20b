import { parse } from 'yaml';
import type { Engine } from '../../arm/contract.ts';
import { arrayAt, isObject, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { readArchive, type Context } from './archive.ts';
import { dockerStep, splitImage, taskSteps, type Names, type Step } from './build-steps.ts';
import { buildImage, DOCKER_MANIFEST, emptyLayer, instructionsOf, type Image } from './image.ts';
import { imagesOf } from './image-store.ts';
import { logTime } from './run-log.ts';
import { loginServer } from './shared.ts';
import { uploadedContext } from './uploads.ts';

/** Outcome of a run. */
export interface Result {
  readonly log: readonly string[];
  /** Why it failed. */
  readonly error?: string;
  readonly images: readonly OutputImage[];
}

interface OutputImage {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** A run that is being done. */
interface Work {
  readonly engine: Engine;
  readonly registry: StoredResource;
  readonly host: string;
  readonly context: Context & { readonly layer: Buffer };
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly log: string[];
  /** By full name, waiting to be pushed. */
  readonly built: Map<string, Image>;
  readonly pushed: OutputImage[];
}

/** Does what a run request asks for: builds images from the uploaded context and pushes them. */
export function performRun(
  engine: Engine,
  registry: StoredResource,
  runId: string,
  request: JsonObject,
  at: number,
): Result {
  const log: string[] = [];
  const pushed: OutputImage[] = [];
  try {
    const host = loginServer(registry);
    log.push(`${logTime(at)} Downloading source code...`);
    const context = contextOf(engine, registry, request);
    log.push(`${logTime(at)} Finished downloading source code`);
    const platform = {
      os: (textAt(request, 'platform.os') ?? 'linux').toLowerCase(),
      architecture: textAt(request, 'platform.architecture') ?? 'amd64',
    };
    const date = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '');
    const names: Names = { runId, registry: host, date, values: valuesOf(request, context) };
    const work: Work = { engine, registry, host, context, platform, log, built: new Map(), pushed };
    for (const step of stepsOf(request, context, names)) perform(work, step);
    return { log, images: pushed };
  } catch (error) {
    return { log, images: pushed, error: error instanceof Error ? error.message : String(error) };
  }
}

function contextOf(engine: Engine, registry: StoredResource, request: JsonObject): Work['context'] {
  const source = textAt(request, 'sourceLocation') ?? '';
  if (source === '') return { ...emptyLayer(), files: new Map() };
  const layer = uploadedContext(engine, registry, source);
  if (!layer) throw new Error(`failed to download context: '${source}' was not found`);
  try {
    return { ...readArchive(layer), layer };
  } catch {
    throw new Error(`failed to download context: '${source}' is not a tar archive`);
  }
}

/** From the values file, then from the request itself. */
function valuesOf(request: JsonObject, { files }: Context): Readonly<Record<string, string>> {
  const encoded = textAt(request, 'encodedValuesContent');
  const path = textAt(request, 'valuesFilePath');
  const text = encoded === undefined ? files.get(path ?? '')?.toString('utf8') : decode(encoded);
  const fromFile = text === undefined ? undefined : (parse(text) as Json);
  const listed = arrayAt(request, 'values').map((each): [string, string] => [
    textAt(each, 'name') ?? '',
    textAt(each, 'value') ?? '',
  ]);
  const entries = isObject(fromFile) ? Object.entries(fromFile) : [];
  const texts = entries.map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries([...texts, ...listed]);
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

function stepsOf(request: JsonObject, { files }: Context, names: Names): Step[] {
  switch (textAt(request, 'type')) {
    case 'DockerBuildRequest':
      return [dockerStep(request, names)];
    case 'FileTaskRunRequest': {
      const path = textAt(request, 'taskFilePath') ?? '';
      const file = files.get(path);
      if (!file) throw new Error(`the task file '${path}' was not found in the context`);
      return taskSteps(file.toString('utf8'), names);
    }
    default:
      return taskSteps(decode(textAt(request, 'encodedTaskContent') ?? ''), names);
  }
}

function perform(work: Work, step: Step): void {
  switch (step.kind) {
    case 'build':
      build(work, step);
      break;
    case 'push':
      for (const image of step.images) push(work, image);
      break;
    case 'command':
      work.log.push(`Not carried out by the embedded Azure: ${step.text}`);
      break;
  }
}

/** A Dockerfile with this word in it cannot be built, so that there is something to fail on. */
const UNBUILDABLE = /unbuildable/u;

function build(work: Work, step: Extract<Step, { kind: 'build' }>): void {
  const { files, tar, layer } = work.context;
  const file = files.get(step.dockerfile) ?? files.get(`${step.context}/${step.dockerfile}`.replace(/^\.\//u, ''));
  if (!file) throw new Error(`failed to build: unable to find '${step.dockerfile}' in the context`);
  const dockerfile = file.toString('utf8');
  const instructions = instructionsOf(dockerfile);
  const bases = instructions.flatMap((line) => /^FROM (?:--\S+ )*(?<base>\S+)/iu.exec(line)?.groups?.['base'] ?? []);
  if (bases.length === 0) throw new Error('failed to build: no build stage in current context');
  for (const base of bases) requireBase(work, base);
  instructions.forEach((line, index) => work.log.push(`Step ${index + 1}/${instructions.length} : ${line}`));
  if (UNBUILDABLE.test(dockerfile)) throw new Error('failed to run step ID: build: exit status 1');
  const { buildArguments, target } = step;
  const image = buildImage({ dockerfile, tar, layer, platform: work.platform, buildArguments, target });
  for (const name of step.images) {
    work.built.set(fullName(work, name), image);
    work.log.push(`Successfully tagged ${name}`);
    if (step.push) push(work, name);
  }
}

/** Images of this registry must be there to be built upon; those from elsewhere are not looked up. */
function requireBase({ engine, registry, host }: Work, base: string): void {
  if (!base.toLowerCase().startsWith(`${host}/`)) return;
  const [name = '', digest] = base.split('@');
  const { repository, tag } = splitImage(name, host);
  if (!imagesOf(engine, registry).manifest(repository, digest ?? tag))
    throw new Error(`failed to build: manifest for ${base} not found: manifest unknown`);
}

function fullName({ host }: Work, image: string): string {
  const { repository, tag } = splitImage(image, host);
  return `${repository}:${tag}`;
}

function push(work: Work, name: string): void {
  const { engine, registry, host, built, log, pushed } = work;
  const image = built.get(fullName(work, name));
  if (!image) throw new Error(`failed to push: an image does not exist locally with the tag: ${name}`);
  const store = imagesOf(engine, registry);
  store.putBlob(image.config);
  store.putBlob(image.layer);
  const { repository, tag } = splitImage(name, host);
  const { digest } = store.putManifest(repository, DOCKER_MANIFEST, image.manifest, tag);
  log.push(`Pushed ${host}/${repository}:${tag}`, `${tag}: digest: ${digest} size: ${image.manifest.length}`);
  pushed.push({ registry: host, repository, tag, digest });
}
