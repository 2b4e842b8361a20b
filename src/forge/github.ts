import { append } from '../model/append.ts';
import { isArray, isObject, member, textAt, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Comment, Discussion, Issue, Issues } from './forge.ts';
import type { Pull, Pulls } from './pulls.ts';
import { ForgeError, send, type ForgeReply } from './request.ts';

export interface GithubAccess {
  /** `https://api.github.com`, or that of a GitHub Enterprise server. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  /** Login whose comments are ours; asked for where it is not known. */
  readonly login?: string;
}

const COMMENT_LIMIT = 65_536;
const PAGE = 100;

/** The conversation of a pull request (REST: issue comments). */
export function githubDiscussion(access: GithubAccess, pull: number): Discussion {
  const comments = `/issues/${pull}/comments`;
  return {
    limit: COMMENT_LIMIT,
    async ownComments() {
      const login = await loginOf(access);
      const all = await pages(access, `${comments}?per_page=${PAGE}`);
      return all.filter((one) => textAt(one, '/user/login').toLowerCase() === login.toLowerCase()).map(commentOf);
    },
    create: async (body) => commentOf(await write(access, 'POST', comments, { body })),
    update: async (id, body) => commentOf(await write(access, 'PATCH', `/issues/comments/${id}`, { body })),
    remove: async (id) => {
      await call(access, 'DELETE', `/issues/comments/${id}`);
    },
  };
}

/** Issues of the repository with a label. */
export function githubIssues(access: GithubAccess, label: string): Issues {
  return {
    async open() {
      const all = await pages(access, `/issues?state=open&labels=${encodeURIComponent(label)}&per_page=${PAGE}`);
      return all.filter((one) => member(one, 'pull_request') === undefined).map(issueOf);
    },
    create: async (title, body) => issueOf(await write(access, 'POST', '/issues', { title, body, labels: [label] })),
    update: async (number, change) => {
      await write(access, 'PATCH', `/issues/${number}`, { ...change });
    },
  };
}

/** Pull requests of the repository (REST: pulls; a closing word is an issue comment). */
export function githubPulls(access: GithubAccess): Pulls {
  const [owner = ''] = access.repository.split('/');
  return {
    limit: COMMENT_LIMIT,
    async open(base) {
      const query = `state=open&base=${encodeURIComponent(base)}&sort=created&direction=asc&per_page=${PAGE}`;
      const all = await pages(access, `/pulls?${query}`);
      const own = all.filter(
        (one) => textAt(one, '/head/repo/full_name').toLowerCase() === access.repository.toLowerCase(),
      );
      return own.map(pullOf);
    },
    create: async ({ head, base, title, body }) =>
      pullOf(await write(access, 'POST', '/pulls', { title, body, base, head: `${owner}:${head}` })),
    update: async (number, change) => {
      await write(access, 'PATCH', `/pulls/${number}`, { ...change });
    },
    async close(number, why) {
      await write(access, 'POST', `/issues/${number}/comments`, { body: why });
      await write(access, 'PATCH', `/pulls/${number}`, { state: 'closed' });
    },
  };
}

/** The token of a workflow cannot ask who it is; it writes as github-actions[bot]. */
async function loginOf(access: GithubAccess): Promise<string> {
  if (access.login !== undefined) return access.login;
  const { body } = await send({ method: 'GET', url: `${access.api}/user`, headers: headersOf(access) });
  return textOf(isObject(body) ? body : {}, 'login');
}

function headersOf({ token }: GithubAccess): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'x-github-api-version': '2022-11-28',
  };
}

function call(access: GithubAccess, method: string, path: string, body?: Json): Promise<ForgeReply> {
  const url =
    path.startsWith('https:') || path.startsWith('http:') ? path : `${access.api}/repos/${access.repository}${path}`;
  return send({ method, url, headers: headersOf(access), ...(body === undefined ? {} : { body }) });
}

async function write(access: GithubAccess, method: string, path: string, body: Json): Promise<JsonObject> {
  const reply = await call(access, method, path, body);
  if (isObject(reply.body)) return reply.body;
  throw new ForgeError(reply.status, `${method} ${path} answered without a body`);
}

/** All pages, by the Link header; only of the API that the token is for. */
async function pages(access: GithubAccess, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const reply: ForgeReply = await call(access, 'GET', next);
    if (isArray(reply.body)) append(found, reply.body.filter(isObject));
    next = nextPage(reply.headers['link'], access.api);
  }
  return found;
}

function nextPage(link: string | undefined, api: string): string | undefined {
  const found = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return found !== undefined && new URL(found).origin === new URL(api).origin ? found : undefined;
}

function commentOf(body: JsonObject): Comment {
  return { id: idOf(body), body: textOf(body, 'body'), url: textOf(body, 'html_url') };
}

/** Ids are numbers. */
function idOf(body: JsonObject): string {
  const id = member(body, 'id');
  return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
}

function issueOf(body: JsonObject): Issue {
  const number = Number(member(body, 'number') ?? 0);
  return { number, title: textOf(body, 'title'), body: textOf(body, 'body'), url: textOf(body, 'html_url') };
}

function pullOf(body: JsonObject): Pull {
  return { ...issueOf(body), head: textAt(body, '/head/ref') };
}
