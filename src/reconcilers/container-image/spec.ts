// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An image that the registry builds from a folder of the repository, once per content, or one that was built elsewhere and is pinned by its digest. Apps take its output `image`.
 */
export type ContainerImageSpec = {
  /**
   * Registry that builds and keeps it.
   */
  registry: string;
  /**
   * Repository in the registry.
   */
  repository: string;
  /**
   * Folder with the Dockerfile, beside the manifest. Files that Git ignores do not count.
   */
  context?: string;
  /**
   * Content of the build context. Written by ingate from `context`.
   */
  content?: {
    /**
     * Context from the root of the repository.
     */
    path: string;
    /**
     * Digest of the content.
     */
    sha256: string;
    /**
     * Size in bytes.
     */
    bytes: number;
    /**
     * Number of files.
     */
    files: number;
  };
  /**
   * Dockerfile, below the context.
   */
  dockerfile?: string;
  /**
   * Stage of the Dockerfile to build; the last one without it.
   */
  target?: string;
  /**
   * Processor that it is built for.
   */
  architecture?: "amd64" | "arm64";
  /**
   * Build arguments. They stay in the image's history, so no secrets.
   */
  arguments?: {
    [k: string]: string | undefined;
  };
  /**
   * Images of Azure container registries that the Dockerfile starts from, by tag. When one of them changes, `drift` says so and the image is built again.
   */
  baseImages?: string[];
  /**
   * Maximum number of minutes that a build may take.
   */
  timeoutMinutes?: number;
  /**
   * Digest of an image that is in the registry already, instead of building one.
   */
  digest?: string;
  /**
   * Where the image with that digest is, when the registry does not have it yet. Set by releases: each environment copies the image that was tested in the previous one.
   */
  importFrom?: {
    /**
     * Resource id of the registry that has it. Whoever applies needs to read it.
     */
    registry: string;
    /**
     * Repository there; the same name without it.
     */
    repository?: string;
  };
} & (BuiltImage | PinnedImage);

export interface BuiltImage {
  [k: string]: unknown | undefined;
}
export interface PinnedImage {
  [k: string]: unknown | undefined;
}
