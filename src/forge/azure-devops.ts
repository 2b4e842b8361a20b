import { isArray, isObject, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../model/json.ts';
import type { Comment, Discussion } from './forge.ts';
import { send } from './request.ts';

export interface AzureDevOpsAccess {
  /** `https://dev.azure.com/org/` (SYSTEM_TEAMFOUNDATIONCOLLECTIONURI). */
  readonly collection: string;
  readonly project: string;
  readonly repositoryId: string;
  readonly token: string;
}

const COMMENT_LIMIT = 150_000;
const VERSION = 'api-version=7.1';

/**
 * Threads of a pull request in Azure Repos (Git pull request threads, 7.1). A comment is known as `thread/comment`; ours are
 * told by the identity that the token is for. **unverified**: tried against an imitation only.
 */
export function azureDevOpsDiscussion(access: AzureDevOpsAccess, pull: number): Discussion {
  const { collection, project, repositoryId } = access;
  const base = `${collection.replace(/\/+$/, '')}/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repositoryId)}/pullRequests/${pull}/threads`;
  const call = async (method: string, path: string, body?: Json): Promise<JsonObject> => {
    const url = path.startsWith('https:') || path.startsWith('http:') ? path : `${base}${path}?${VERSION}`;
    const headers = { authorization: `Bearer ${access.token}` };
    const reply = await send({ method, url, headers, ...(body === undefined ? {} : { body }) });
    return isObject(reply.body) ? reply.body : {};
  };
  return {
    limit: COMMENT_LIMIT,
    async ownComments() {
      const me = await call('GET', `${collection.replace(/\/+$/, '')}/_apis/connectionData`);
      const id = textAt(me, '/authenticatedUser/id');
      const threads = member(await call('GET', ''), 'value');
      return (isArray(threads) ? threads : []).flatMap((thread) => ownOf(thread, id));
    },
    async create(content) {
      const thread = await call('POST', '', {
        comments: [{ parentCommentId: 0, content, commentType: 'text' }],
        status: 'active',
      });
      return { id: `${idOf(thread)}/1`, body: content, url: '' };
    },
    async update(id, content) {
      const [thread = '', comment = ''] = id.split('/');
      await call('PATCH', `/${thread}/comments/${comment}`, { content });
      return { id, body: content, url: '' };
    },
    async remove(id) {
      const [thread = '', comment = ''] = id.split('/');
      await call('DELETE', `/${thread}/comments/${comment}`);
    },
  };
}

function ownOf(thread: Json, author: string): Comment[] {
  const first = valueAt(isObject(thread) ? thread : {}, '/comments/0');
  if (!isObject(first) || author === '' || textAt(first, '/author/id') !== author) return [];
  return [{ id: `${idOf(thread)}/${idOf(first)}`, body: textOf(first, 'content'), url: '' }];
}

function idOf(value: Json): string {
  const id = member(value, 'id');
  return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
}
