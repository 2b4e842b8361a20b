import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for this machine that signs itself, so that the same file is what clients have to trust. */
export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly key: string;
  /** Where the certificate is kept; undefined when it is in memory only. */
  readonly file: string | undefined;
}

const DAY = 86_400_000;
const LIFETIME_DAYS = 397;

/** The certificate of a folder, or a new one when there is none that lasts another week. Without a folder always a new one. */
export async function loadCertificate(folder: string | undefined): Promise<Certificate> {
  const kept = folder === undefined ? undefined : readCertificate(folder);
  if (kept) return kept;
  const made = await makeCertificate();
  if (folder === undefined) return { ...made, file: undefined };
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile(folder), made.key, { mode: 0o600 });
  writeFileSync(certificateFile(folder), made.certificate);
  return { ...made, file: certificateFile(folder) };
}

function readCertificate(folder: string): Certificate | undefined {
  try {
    const certificate = readFileSync(certificateFile(folder), 'utf8');
    const key = readFileSync(keyFile(folder), 'utf8');
    const lasts = new Date(new X509Certificate(certificate).validTo).getTime() > Date.now() + 7 * DAY;
    return lasts ? { certificate, key, file: certificateFile(folder) } : undefined;
  } catch {
    return undefined;
  }
}

function certificateFile(folder: string): string {
  return join(folder, 'local-azure-ca.pem');
}

function keyFile(folder: string): string {
  return join(folder, 'local-azure-key.pem');
}

/** P-256, valid from yesterday on, so that clocks may differ. It cannot sign other certificates. */
async function makeCertificate(): Promise<{ certificate: string; key: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'ingate local Azure' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: new Date(Date.now() + LIFETIME_DAYS * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
