import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../engine/json.ts';
import { digestOf } from './image-store.ts';

/** Inputs of an image. */
export interface Recipe {
  readonly dockerfile: string;
  /** The uploaded archive, and the same without compression. */
  readonly layer: Buffer;
  readonly tar: Buffer;
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly target: string | undefined;
}

/** The parts of an image, ready to be stored. */
export interface Image {
  readonly manifest: Buffer;
  readonly config: Buffer;
  readonly layer: Buffer;
}

export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/**
 * An image whose only layer is the build context: nothing of the Dockerfile is carried out, but its instructions are in the
 * configuration, so that the digest follows from context, Dockerfile, arguments, target and platform. The same build gives
 * the same digest.
 */
export function buildImage({ dockerfile, layer, tar, platform, buildArguments, target }: Recipe): Image {
  const config = encode({
    architecture: platform.architecture,
    os: platform.os,
    config: { Labels: { 'ingate.local.target': target ?? '', ...argumentLabels(buildArguments) } },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: instructionsOf(dockerfile).map((line) => ({ created_by: line })),
  });
  const manifest = encode({
    schemaVersion: 2,
    mediaType: DOCKER_MANIFEST,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: digestOf(config),
    },
    layers: [
      {
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: layer.length,
        digest: digestOf(layer),
      },
    ],
  });
  return { manifest, config, layer };
}

function argumentLabels(buildArguments: Readonly<Record<string, string>>): JsonObject {
  const entries = Object.entries(buildArguments).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [`ingate.local.arg.${name}`, digestOf(Buffer.from(value))]));
}

function encode(value: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(value, null, 2));
}

/** The instructions of a Dockerfile, one line each: comments gone, continued lines joined. */
export function instructionsOf(dockerfile: string): string[] {
  return dockerfile
    .replaceAll(/^\s*#.*$/gmu, '')
    .replaceAll(/\\\r?\n/gu, ' ')
    .split(/\r?\n/u)
    .map((line) => line.trim().replaceAll(/\s+/gu, ' '))
    .filter((line) => line !== '');
}

/** The layer of a build without context: an archive without files. */
export function emptyLayer(): { readonly layer: Buffer; readonly tar: Buffer } {
  const tar = Buffer.alloc(1024);
  return { tar, layer: gzipSync(tar) };
}
