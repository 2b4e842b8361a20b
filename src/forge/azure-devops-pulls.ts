import { append } from '../model/append.ts';
import { isArray, isObject, member, textAt, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { AzureDevOpsAccess } from './azure-devops.ts';
import type { Pull, Pulls } from './pulls.ts';
import { send } from './request.ts';

const VERSION = 'api-version=7.1';
const PAGE = 100;

/** A description takes 4000 characters. */
const BODY_LIMIT = 4000;

/** Pull requests in Azure Repos (Git pull requests, 7.1). **unverified**: tried against an imitation only. */
export function azureDevOpsPulls({ collection, project, repositoryId, token }: AzureDevOpsAccess): Pulls {
  const repository = `${collection.replace(/\/+$/, '')}/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repositoryId)}`;
  const call = async (method: string, path: string, body?: Json): Promise<JsonObject> => {
    const url = `${repository}${path}${path.includes('?') ? '&' : '?'}${VERSION}`;
    const headers = { authorization: `Bearer ${token}` };
    const reply = await send({ method, url, headers, ...(body === undefined ? {} : { body }) });
    return isObject(reply.body) ? reply.body : {};
  };
  return {
    limit: BODY_LIMIT,
    async open(base) {
      const target = encodeURIComponent(`refs/heads/${base}`);
      const found: JsonObject[] = [];
      for (;;) {
        const query = `searchCriteria.status=active&searchCriteria.targetRefName=${target}&$top=${PAGE}&$skip=${found.length}`;
        const page = member(await call('GET', `/pullrequests?${query}`), 'value');
        const items = isArray(page) ? page.filter(isObject) : [];
        append(found, items);
        if (items.length < PAGE) break;
      }
      const own = found.filter((one) => member(one, 'forkSource') === undefined);
      return own.map(pullOf).toSorted((a, b) => a.number - b.number);
    },
    create: async ({ head, base, title, body }) =>
      pullOf(
        await call('POST', '/pullrequests', {
          sourceRefName: `refs/heads/${head}`,
          targetRefName: `refs/heads/${base}`,
          title,
          description: body,
        }),
      ),
    async update(number, { title, body }) {
      await call('PATCH', `/pullrequests/${number}`, {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { description: body }),
      });
    },
    async close(number, why) {
      const comments = [{ parentCommentId: 0, content: why, commentType: 'text' }];
      await call('POST', `/pullRequests/${number}/threads`, { comments, status: 'closed' });
      await call('PATCH', `/pullrequests/${number}`, { status: 'abandoned' });
    },
  };
}

function pullOf(body: JsonObject): Pull {
  const number = Number(member(body, 'pullRequestId') ?? 0);
  const site = textAt(body, '/repository/webUrl');
  return {
    number,
    head: textOf(body, 'sourceRefName').replace(/^refs\/heads\//, ''),
    title: textOf(body, 'title'),
    body: textOf(body, 'description'),
    url: site === '' ? textOf(body, 'url') : `${site}/pullrequest/${number}`,
  };
}
