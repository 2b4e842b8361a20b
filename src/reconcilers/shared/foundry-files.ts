import { sha256 } from '../../model/fingerprint.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';
import { once } from './evals.ts';

export type FilePurpose = 'fine-tune' | 'batch';

/** The name that stands for a content: files of Foundry have no metadata. */
function contentFileName(content: string): string {
  return `ingate-${sha256(content).slice(0, 40)}.jsonl`;
}

/** Id of the file with this content (`{endpoint}/openai/v1/files`): one that is there, else it is uploaded, once. */
export async function ensureFile(
  { azure, signal, report }: WriteContext,
  endpoint: string,
  purpose: FilePurpose,
  content: string,
): Promise<string> {
  const files = { path: `${endpoint}/openai/v1/files`, apiVersion: '' };
  const name = contentFileName(content);
  const bytes = Buffer.from(content, 'utf8');
  const isSame = (file: JsonObject): boolean =>
    textOf(file, 'filename') === name && file['bytes'] === bytes.length && textOf(file, 'status') !== 'error';
  const file = await once(
    async () => ((await azure.list({ ...files, query: { purpose } })) ?? []).find(isSame),
    async () => {
      report(`uploading ${bytes.length} bytes`);
      return (await azure.postForm(files, { purpose, file: { name, content: bytes } }, { signal })).body as JsonObject;
    },
  );
  return textOf(file, 'id');
}
