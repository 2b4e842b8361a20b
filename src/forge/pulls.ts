/** A pull request that is open. */
export interface Pull {
  readonly number: number;
  /** Branch that it would merge, without `refs/heads/`. */
  readonly head: string;
  readonly title: string;
  readonly body: string;
  readonly url: string;
}

/** Pull requests of a repository from branches of the repository itself; those of forks are never ours. */
export interface Pulls {
  /** Open ones into a branch, oldest first. */
  open(base: string): Promise<readonly Pull[]>;
  create(pull: {
    readonly head: string;
    readonly base: string;
    readonly title: string;
    readonly body: string;
  }): Promise<Pull>;
  update(number: number, change: { readonly title?: string; readonly body?: string }): Promise<void>;
  /** Closes without merging, and says why where people read it. */
  close(number: number, why: string): Promise<void>;
  /** Most characters of a body. */
  readonly limit: number;
}

export interface WantedPull {
  /** Branches that begin with it are about the same thing: one of them is open at most. */
  readonly family: string;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export interface PostedPull {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly url: string;
  /** Numbers of older ones that were closed. */
  readonly superseded: readonly number[];
}

/** What every body of ours begins with, so that nothing that somebody else opened is ever closed; readers do not see it. */
function pullMarker(family: string): string {
  return `<!-- ingate:pull ${family.replaceAll(/[^A-Za-z0-9/-]/g, '-')} -->`;
}

/** Opens or updates the pull request of a branch, and closes older ones of ours of its family as superseded. */
export async function postPull(pulls: Pulls, wanted: WantedPull): Promise<PostedPull> {
  const marker = pullMarker(wanted.family);
  const body = shortened(`${marker}\n${wanted.body}`, pulls.limit);
  const open = await pulls.open(wanted.base);
  const family = open.filter((one) => one.head.startsWith(wanted.family) && one.body.startsWith(marker));
  const own = open.find((one) => one.head === wanted.head);
  const posted = await openOrUpdate(pulls, own, { ...wanted, body });
  const older = family.filter((one) => one.head !== wanted.head);
  for (const one of older) await pulls.close(one.number, `Superseded by ${posted.url}.`);
  return { ...posted, superseded: older.map((one) => one.number) };
}

async function openOrUpdate(
  pulls: Pulls,
  own: Pull | undefined,
  { head, base, title, body }: WantedPull,
): Promise<Omit<PostedPull, 'superseded'>> {
  if (!own) return { outcome: 'created', url: (await pulls.create({ head, base, title, body })).url };
  if (own.title === title && sameText(own.body, body)) return { outcome: 'unchanged', url: own.url };
  await pulls.update(own.number, { title, body });
  return { outcome: 'updated', url: own.url };
}

/** Forges change line ends. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.trimEnd();
}

function shortened(body: string, limit: number): string {
  if (body.length <= limit) return body;
  const end = '\n\n(shortened; the commit has all of it)\n';
  const kept = body.slice(0, limit - end.length - 8);
  const fences = kept.match(/^`{3,}/gm) ?? [];
  return `${kept}${fences.length % 2 === 1 ? `\n${fences.at(-1) ?? ''}` : ''}${end}`;
}
