import { json, type Reply } from '../../http/reply.ts';
import { fileBytes } from '../shared/content.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { readForm } from './form.ts';
import { fileCollection, removeFile, requireFile, saveFile, showFile, type StoredFile } from './store.ts';

/** Files of a project (OpenAI-compatible). */
export const FILE_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'openai/v1/files', withoutApiVersion: true, handle: uploadFile },
  { method: 'GET', path: 'openai/v1/files', withoutApiVersion: true, handle: listFiles },
  {
    method: 'GET',
    path: 'openai/v1/files/{id}',
    withoutApiVersion: true,
    handle: (call) => json(200, showFile(fileOf(call))),
  },
  { method: 'GET', path: 'openai/v1/files/{id}/content', withoutApiVersion: true, handle: downloadFile },
  { method: 'DELETE', path: 'openai/v1/files/{id}', withoutApiVersion: true, handle: deleteFile },
];

const PURPOSES = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'];

async function uploadFile({ engine, project, request }: FoundryCall): Promise<Reply> {
  const { fields, files } = await readForm(request);
  const file = files.get('file');
  const purpose = fields.get('purpose');
  if (purpose === undefined) throw missingParameter('purpose');
  if (!file) throw missingParameter('file');
  if (!PURPOSES.includes(purpose)) {
    const message = `'${purpose}' is not one of [${PURPOSES.map((each) => `'${each}'`).join(', ')}] - 'purpose'`;
    throw new FoundryError(400, 'invalid_value', message, 'purpose');
  }
  const seconds = fields.get('expires_after[seconds]');
  const expiresAfter = seconds === undefined ? undefined : Number(seconds);
  return json(200, showFile(saveFile(engine, project, file.content, { filename: file.name, purpose, expiresAfter })));
}

function missingParameter(name: string): FoundryError {
  return new FoundryError(400, 'missing_required_parameter', `Missing required parameter: '${name}'.`, name);
}

function fileOf({ engine, project, names }: FoundryCall): StoredFile {
  return requireFile(engine, project, names['id'] ?? '');
}

function listFiles({ engine, project, request }: FoundryCall): Reply {
  const purpose = request.query.get('purpose');
  const files = fileCollection(project)
    .list(engine.documents)
    .filter((file) => purpose === undefined || file.purpose === purpose)
    .filter(({ expires }) => expires === undefined || expires > engine.clock.now());
  return cursorPage(
    request,
    files.map((file) => ({ id: file.id, body: showFile(file) })),
    { most: 10_000, limit: 10_000 },
  );
}

function downloadFile(call: FoundryCall): Reply {
  const { id } = fileOf(call);
  const bytes = fileBytes(call.engine, call.project, id) ?? Buffer.alloc(0);
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, bytes };
}

function deleteFile(call: FoundryCall): Reply {
  const { id } = fileOf(call);
  removeFile(call.engine, call.project, id);
  return json(200, { id, object: 'file', deleted: true });
}
