import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvelope, payloadOf, type Envelope } from '../../evidence/dsse.ts';
import type { EvidenceFile } from '../../evidence/verify.ts';
import { saveFile } from '../save-file.ts';
import type { ProjectFiles } from '../../model/project-files.ts';

const ENVELOPE = '.dsse.json';
const RESULTS = '.results.json';

/** Where evidence of one gate is below a folder of evidence: by release, id and environment. */
export interface EvidencePlace {
  readonly release: string;
  readonly id: string;
  readonly environment: string;
  /** Name of the gate. */
  readonly gate: string;
}

/** Path without its ending, with forward slashes. */
function evidencePath({ release, id, environment, gate }: EvidencePlace): string {
  return [release, id, environment, gate].join('/');
}

/** Where a release keeps the evidence that a promotion relied on, from the root of the repository. */
function committedPath(releases: string, { release, id, environment, gate }: EvidencePlace): string {
  return `${releases}/${release}/evidence/${id}/${environment}/${gate}`;
}

/** Writes evidence and its results; false when the same statement was there already. */
export function writeEvidence(folder: string, place: EvidencePlace, envelope: Envelope, results: Uint8Array): boolean {
  const path = join(folder, evidencePath(place));
  const before = existsSync(path + ENVELOPE) ? parseEnvelope(readFileSync(path + ENVELOPE, 'utf8')) : undefined;
  const isSame =
    before !== undefined &&
    payloadOf(before).equals(payloadOf(envelope)) &&
    before.signatures[0]?.keyid === envelope.signatures[0]?.keyid;
  saveFile(path + RESULTS, results);
  if (!isSame) saveFile(path + ENVELOPE, `${JSON.stringify(envelope)}\n`);
  return !isSame;
}

/** Every file of evidence below a folder, for the gate of a place or for all; the one that lies where it belongs first. */
export function findEvidence(folder: string, place?: EvidencePlace): EvidenceFile[] {
  const own = place && join(folder, `${evidencePath(place)}${ENVELOPE}`);
  const paths = filesBelow(folder).filter((path) => path.endsWith(ENVELOPE));
  const wanted = place ? paths.filter((path) => path.endsWith(`/${place.gate}${ENVELOPE}`)) : paths;
  return wanted.toSorted((a, b) => Number(b === own) - Number(a === own) || (a < b ? -1 : 1)).map(readEvidence);
}

/** One file of evidence with the results beside it. */
export function readEvidence(path: string): EvidenceFile {
  const results = path.replace(/\.dsse\.json$/, RESULTS);
  return {
    file: path,
    text: readFileSync(path, 'utf8'),
    results: results !== path && existsSync(results) ? readFileSync(results) : undefined,
  };
}

/** Evidence that is committed with a release. */
export function committedEvidence(files: ProjectFiles, releases: string, place: EvidencePlace): EvidenceFile[] {
  const path = committedPath(releases, place);
  if (files.stat(path + ENVELOPE)?.type !== 'file') return [];
  const results = files.stat(path + RESULTS)?.type === 'file' ? files.read(path + RESULTS) : undefined;
  return [{ file: path + ENVELOPE, text: new TextDecoder().decode(files.read(path + ENVELOPE)), results }];
}

/** The two files of evidence as a promotion commits them. */
export function evidenceToCommit(releases: string, place: EvidencePlace, { text, results }: EvidenceFile) {
  const path = committedPath(releases, place);
  return new Map<string, string>([
    [path + ENVELOPE, text],
    [path + RESULTS, new TextDecoder().decode(results)],
  ]);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
