// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A data set of a Foundry project, uploaded from the repository: golden questions, documents, samples. Each content is a separate, immutable version.
 */
export interface DatasetSpec {
  /**
   * Project that holds it.
   */
  project: string;
  /**
   * File or folder beside the manifest. Each line of a .jsonl file must be a JSON object.
   */
  source?: string;
  /**
   * Content of the source. Written by ingate from `source`.
   */
  content: {
    /**
     * Source from the root of the repository.
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
   * Name of the version; the start of the content's digest without it. A named version cannot get other content.
   */
  version?: string;
  /**
   * Storage connection of the project that takes the files; the project's own storage without it.
   */
  connection?: string;
  /**
   * Purpose of the data set.
   */
  description?: string;
  /**
   * Tags of the version. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
}
