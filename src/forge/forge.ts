/** A comment that this program wrote, or may have. */
export interface Comment {
  readonly id: string;
  readonly body: string;
  readonly url: string;
}

/** The place where a pull request is discussed. */
export interface Discussion {
  /** Comments whose author is who we are, oldest first. */
  ownComments(): Promise<readonly Comment[]>;
  create(body: string): Promise<Comment>;
  update(id: string, body: string): Promise<Comment>;
  remove(id: string): Promise<void>;
  /** Most characters that a comment takes. */
  readonly limit: number;
}

/** An issue that this program opened. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
}

export interface Issues {
  /** Open issues of ours. */
  open(): Promise<readonly Issue[]>;
  create(title: string, body: string): Promise<Issue>;
  update(number: number, change: { readonly body?: string; readonly state?: 'open' | 'closed' }): Promise<void>;
}
