import { createKnownSecrets, type KnownSecrets } from '../model/known-secrets.ts';
import type { Io } from './io.ts';
import type { Line } from './text.ts';

/** Variables of the process that hold credentials of Azure's and of the forges. */
const CREDENTIALS = [
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_CLIENT_SECRET',
  'AZURE_PASSWORD',
  'GH_TOKEN',
  'GITHUB_TOKEN',
  'SYSTEM_ACCESSTOKEN',
];
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'https_proxy', 'http_proxy', 'all_proxy'];

/** The same Io, whose outputs hold no secret that becomes known while a command runs. */
export function concealingIo(io: Io): Io & { readonly secrets: KnownSecrets } {
  const secrets = io.secrets ?? createKnownSecrets();
  for (const name of CREDENTIALS) secrets.add(io.env[name] ?? '');
  for (const name of PROXIES) secrets.add(URL.parse(io.env[name] ?? '')?.password ?? '');
  const clean = (lines: readonly Line[]): Line[] => lines.map((line) => concealedLine(line, secrets));
  return {
    ...io,
    secrets,
    print: (...lines) => io.print(...clean(lines)),
    say: (...lines) => io.say(...clean(lines)),
    write: (document) => io.write(secrets.conceal(document)),
    ask: (question) => io.ask(secrets.conceal(question)),
  };
}

/** A secret that pieces of the line share is replaced as well, which costs the line its colours. */
function concealedLine(line: Line, secrets: KnownSecrets): Line {
  const pieces = line.map((piece) =>
    typeof piece === 'string' ? secrets.conceal(piece) : { ...piece, text: secrets.conceal(piece.text) },
  );
  const plain = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
  const whole = secrets.conceal(plain);
  return whole === plain ? pieces : [whole];
}
