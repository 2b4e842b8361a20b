import { walk, type JsonObject, type Pointer } from '../../model/json.ts';

/** Forms that only secrets have, so that a false alarm is next to impossible. */
const SECRET_FORMS: readonly (readonly [form: RegExp, name: string])[] = [
  [
    /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[A-Za-z0-9+/%]{16,}/i,
    'an Azure connection string with a key',
  ],
  [/[?&]sig=[A-Za-z0-9%+/]{20,}/i, 'a shared access signature'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/, 'a signed token'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bsk-[A-Za-z0-9_-]{24,}/, 'an API key'],
  [/\b(?:password|pwd)=[^;{}\s]{6,}/i, 'a connection string with a password'],
];

const SECRET_NAMES = /(?:password|secret|api_?-?key|access_?-?key|account_?-?key|client_?-?secret|token|credential)$/i;

/** A string of 20 or more characters without spaces that mixes letters and digits, as keys do. */
const KEY_LIKE = /^(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9+/=_-]{20,}$/;

/** Fields that hold what looks like a secret, with what it looks like. Never returns the value. */
export function findSecretLiterals(spec: JsonObject): { readonly field: Pointer; readonly looksLike: string }[] {
  const found: { field: Pointer; looksLike: string }[] = [];
  walk(spec, (value, field) => {
    if (typeof value !== 'string') return;
    const form = SECRET_FORMS.find(([pattern]) => pattern.test(value));
    const name = field.slice(field.lastIndexOf('/') + 1);
    if (form) found.push({ field, looksLike: form[1] });
    else if (SECRET_NAMES.test(name) && KEY_LIKE.test(value)) found.push({ field, looksLike: 'a key' });
  });
  return found;
}
