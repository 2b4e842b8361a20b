/** A batch as a service has it. Counts are of rows, where the service counts them. */
export interface BatchRun {
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  /** The service's own word for its state. */
  readonly state: string;
  /** ISO 8601; empty where the service does not say. */
  readonly created: string;
  readonly total?: number;
  readonly completed?: number;
  readonly failed?: number;
  /** Why it failed. */
  readonly reason?: string;
}

/** Answers and rows without one, as JSON Lines; undefined where the work itself writes its results. */
export interface BatchResults {
  readonly answers: readonly string[];
  readonly errors: readonly string[];
}

/** A service that carries out batches for one target. `key` stands for target, input and options. */
export interface BatchPort {
  /** The batch with this key, however it ended; with `counts`, the newest of them that counts, where the service has several. */
  find(key: string, counts?: (run: BatchRun) => boolean): Promise<BatchRun | undefined>;
  /** Starts one. After a lost answer it rejects, and the caller looks again. */
  start(key: string): Promise<BatchRun>;
  read(id: string): Promise<BatchRun>;
  /** All batches of this target that this environment started, newest first. */
  list(): Promise<readonly BatchRun[]>;
  results(id: string): Promise<BatchResults | undefined>;
}
