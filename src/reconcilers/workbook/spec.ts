// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A dashboard of Azure Monitor, kept as a file in the repository.
 */
export interface WorkbookSpec {
  /**
   * Azure region; the environment's without it.
   */
  location?: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Name that people see.
   */
  displayName: string;
  /**
   * Content of the workbook.
   */
  description?: string;
  /**
   * Gallery that it appears in.
   */
  category?: string;
  /**
   * Resource whose data it shows: one of this environment, or a resource id.
   */
  source?: string;
  /**
   * JSON of the workbook, as the portal's editor shows it, beside the manifest.
   */
  contentFile?: string;
  /**
   * JSON of the workbook.
   */
  content: string;
}
