import { describe, expect, it } from 'vitest';
import { casesIn, recordingsFolder, resultsOf, runScript } from './support/recordings.ts';
import { isFull, sampled } from './support/sampling.ts';

/**
 * ingate against recorded traffic of Azure that neither its client nor its embedded Azure had a hand in. A sample of the
 * cases, all of them under `npm run test:full`. The facts that were learned from it stand in `what-azure-answers.test.ts`.
 */
const folder = recordingsFolder();
const NONE = 'no recordings here: set RECORDINGS_DIR to a folder with cases and scripts';
const SAMPLE = 8;

interface Change {
  readonly id: string;
  readonly action: string;
  readonly fields: readonly { readonly label: string; readonly before?: unknown; readonly after?: unknown }[];
}

interface Noise {
  readonly case: string;
  readonly skipped?: string;
  readonly noise?: readonly Change[];
  readonly noiseGet?: readonly Change[];
  readonly afterApply?: readonly Change[];
  readonly crash?: string;
  readonly planError?: string;
  readonly planGetError?: string;
}

interface Harm {
  readonly case: string;
  readonly lost?: readonly string[];
  readonly dupIdentity?: readonly string[];
  readonly crash?: string;
}

/**
 * Fields in which a manifest of the recorded request may differ from the recorded answer: the request left them out, ingate
 * declares a default of its own, and Azure's is another one. Each is a decision of the kind.
 */
const OWN_DEFAULTS: Readonly<Record<string, string>> = {
  minimumTlsVersion: 'TLS 1.2 for new accounts; Azure’s older api-versions answer TLS1_0',
  allowBlobPublicAccess: 'no anonymous access unless it is asked for; Azure’s older default is yes',
  automaticFailover: 'off unless it is asked for; Azure switches it on',
  consistencyLevel: 'Session unless it is asked for; Azure keeps what the account had',
  versionUpgradeOption: 'a model changes by a change in Git only; Azure upgrades by default',
  semanticSearch: 'off unless it is asked for; Azure’s free plan is on',
  'sku.name': 'serverless databases unless they ask for something else; Azure makes GP_Gen5',
};

/** Cases that differ for a reason of their own. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

function differences(changes: readonly Change[] | undefined): string[] {
  return (changes ?? []).flatMap(({ id, action, fields }) => {
    const told = fields.filter(({ label }) => OWN_DEFAULTS[label] === undefined);
    if (fields.length === 0) return [`${id}: ${action}`];
    return told.map(
      ({ label, before, after }) => `${id}: ${label}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
    );
  });
}

function noiseOf(one: Noise): string[] {
  const all = [
    ...differences(one.noise).map((text) => `plan of what was asked for: ${text}`),
    ...differences(one.noiseGet).map((text) => `plan of what was pulled: ${text}`),
    ...differences(one.afterApply).map((text) => `plan after apply: ${text}`),
    ...[one.crash, one.planError, one.planGetError].flatMap((text) => (text === undefined ? [] : [text.slice(0, 300)])),
  ];
  return EXCEPTIONS[one.case] === undefined ? all.map((text) => `${one.case}: ${text}`) : [];
}

describe.skipIf(folder === undefined)(`recorded traffic of Azure${folder === undefined ? ` (${NONE})` : ''}`, () => {
  const at = folder ?? '';

  it('what was asked for, pulled or applied leaves an empty plan', { timeout: 900_000 }, async () => {
    const cases = sampled(folder === undefined ? [] : casesIn(at), SAMPLE);
    const results = await resultsOf<Noise>(at, 'noise.mjs', cases);
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap(noiseOf)).toEqual([]);
  });

  it('taking over and changing one tag loses nothing that was live', { timeout: 900_000 }, async () => {
    const cases = sampled(folder === undefined ? [] : casesIn(at), SAMPLE);
    const results = await resultsOf<Harm>(at, 'harmless.mjs', cases);
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ lost, dupIdentity, crash }) => lost ?? dupIdentity ?? crash)).toEqual([]);
  });

  it('each agent makes one version and no other, whatever the service adds', { timeout: 300_000 }, async () => {
    const lines = (await runScript(at, 'agents.mjs', [])).split('\n').filter((line) => line.startsWith('agent-'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/ \| apply 0 \| posts 1 \| plan after apply: empty /.test(line))).toEqual([]);
  });

  // The script waits out busy answers in real time.
  it.runIf(isFull)('tells recorded errors with the code and the message of Azure', async () => {
    const said = (await runScript(at, 'errors.mjs', [])).split('##### ').slice(1);
    expect(said.length).toBeGreaterThan(0);
    const silent = said.filter((part) => {
      const [, code = '?'] = /^\d+ (\w+):/.exec(part) ?? [];
      return !part.includes(`${code}: `) && !/exit 0/.test(part);
    });
    expect(silent).toEqual([]);
  });
});
