import { isArray, textAt, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import { problem, ProblemError, notKnown } from '../../model/diagnostic.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { readContent } from '../shared/content.ts';
import { basesNow, baseTag } from './bases.ts';
import type { ContainerImageSpec } from './spec.ts';

/** Version that `az acr build` uses: listBuildSourceUploadUrl, scheduleRun, runs. */
const apiVersion = '2019-06-01-preview';

const POLL = 5000;
const FIRST_POLL = 500;
const WAITING = new Set(['Queued', 'Started', 'Running']);

/** Lets the registry build the context and resolves to the digest of the image. */
export async function buildImage(context: WriteContext, site: Site, tag: string): Promise<string> {
  const spec = site.spec as ContainerImageSpec;
  if (!spec.content) throw new Error(`${site.id} has no content to build`);
  const registry = site.pathOf(resourceId('ContainerRegistry', spec.registry));
  if (registry === undefined) throw notKnown(`The registry of ${site.id} is not known although it was applied`);
  const source = await uploadContext(context, registry, spec.content);
  const { hash } = await basesNow(context.azure, spec.baseImages ?? []);
  const tags = [tag, ...(hash === undefined ? [] : [baseTag(tag, hash)])];
  const request = requestOf(spec, tags, source, context.commit);
  const run = await context.azure.post({ path: `${registry}/scheduleRun`, apiVersion }, request, {
    signal: context.signal,
  });
  const runId = textAt(run.body ?? {}, '/properties/runId') || textAt(run.body ?? {}, '/name');
  const ended = await waitForRun(context, `${registry}/runs/${runId}`);
  const digest = digestIn(ended, spec.repository, tag);
  if (digest !== undefined) return digest;
  const status = textAt(ended, '/properties/status');
  const message = textAt(ended, '/properties/runErrorMessage');
  throw new ProblemError(
    problem(
      'ING5007',
      `Build ${runId} of ${spec.repository}:${tag} ended as ${status}${message === '' ? '' : `: ${message}`}`,
      {
        resource: site.id,
        hint: `Read its log: az acr task logs --registry ${registry.slice(registry.lastIndexOf('/') + 1)} --run-id ${runId}`,
      },
    ),
  );
}

/** Sends the context as the registry wants it, a compressed archive, and resolves to its place there. */
async function uploadContext(
  { azure, files, signal, report }: WriteContext,
  registry: string,
  content: NonNullable<ContainerImageSpec['content']>,
): Promise<string> {
  const { createTarGzip } = await import('nanotar');
  const sources = readContent(files, content).map(({ name, bytes }) => ({ name, data: bytes, attrs: { mtime: 0 } }));
  const archive = await createTarGzip(sources);
  report(`uploading ${sources.length} files`);
  const place = await azure.post({ path: `${registry}/listBuildSourceUploadUrl`, apiVersion }, undefined, {
    signal,
    repeatable: true,
  });
  await azure.upload(textAt(place.body ?? {}, '/uploadUrl'), archive, { signal });
  return textAt(place.body ?? {}, '/relativePath');
}

/**
 * `commit` and the digest of the content go in as build arguments, which a Dockerfile can make labels of; they are no part
 * of the tag.
 */
function requestOf(
  spec: ContainerImageSpec,
  tags: readonly string[],
  sourceLocation: string,
  commit: string | undefined,
): JsonObject {
  const provenance = {
    ...(commit === undefined ? {} : { INGATE_COMMIT: commit }),
    INGATE_CONTENT_SHA256: spec.content?.sha256 ?? '',
  };
  return {
    type: 'DockerBuildRequest',
    imageNames: tags.map((tag) => `${spec.repository}:${tag}`),
    isPushEnabled: true,
    sourceLocation,
    dockerFilePath: spec.dockerfile ?? 'Dockerfile',
    ...(spec.target === undefined ? {} : { target: spec.target }),
    platform: { os: 'Linux', architecture: spec.architecture ?? 'amd64' },
    timeout: (spec.timeoutMinutes ?? 60) * 60,
    arguments: Object.entries({ ...provenance, ...spec.arguments }).map(([name, value]) => ({
      name,
      value: value ?? '',
      isSecret: false,
    })),
  };
}

async function waitForRun({ azure, signal, report }: WriteContext, path: string): Promise<JsonObject> {
  for (let pause = FIRST_POLL; ; pause = POLL) {
    const run = (await azure.get({ path, apiVersion })) ?? {};
    const status = textAt(run, '/properties/status');
    if (!WAITING.has(status)) return run;
    report(status.toLowerCase());
    await azure.sleep(pause, signal);
  }
}

function digestIn(run: JsonObject, repository: string, tag: string): string | undefined {
  const images = valueAt(run, '/properties/outputImages');
  if (textAt(run, '/properties/status') !== 'Succeeded' || !isArray(images)) return undefined;
  const own = images.find((one: Json) => textAt(one, '/repository') === repository && textAt(one, '/tag') === tag);
  return own === undefined ? undefined : textAt(own, '/digest');
}
