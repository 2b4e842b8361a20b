import type { LocalRequest } from '../../http/request.ts';
import { FoundryError } from '../shared/foundry-error.ts';

/** A multipart form: its texts, and its files by the name of their field. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, { readonly name: string; readonly content: Buffer }>;
}

/** Reads multipart/form-data. 400 for anything else. */
export async function readForm({ headers, body }: LocalRequest): Promise<Form> {
  const data = await parse(headers['content-type'] ?? '', body);
  const fields = new Map<string, string>();
  const files = new Map<string, { readonly name: string; readonly content: Buffer }>();
  for (const [name, value] of data) {
    if (typeof value === 'string') fields.set(name, value);
    else files.set(name, { name: value.name, content: Buffer.from(await value.arrayBuffer()) });
  }
  return { fields, files };
}

async function parse(type: string, body: Buffer): Promise<FormData> {
  try {
    if (type.toLowerCase().startsWith('multipart/form-data'))
      return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    // Refused below.
  }
  throw new FoundryError(400, 'invalid_payload', 'The request body must be multipart/form-data');
}
