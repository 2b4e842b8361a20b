/** What a value on the command line names; says where suggestions for it come from. */
export type Source =
  | { readonly of: 'environment' | 'file' | 'folder' | 'kind' | 'subject' | 'shell' | 'release' | 'anything' }
  /** `Kind/name` of what an environment declares; all kinds where none are named. */
  | { readonly of: 'resource'; readonly kinds?: readonly string[]; readonly environments?: boolean }
  /** A name without its kind. */
  | { readonly of: 'name'; readonly kinds: readonly string[] };

const ANYTHING: Source = { of: 'anything' };
const FILE: Source = { of: 'file' };
const FOLDER: Source = { of: 'folder' };
const ENVIRONMENT: Source = { of: 'environment' };
const GATE: Source = { of: 'name', kinds: ['EvaluationGate'] };
const PROJECT: Source = { of: 'name', kinds: ['FoundryProject'] };

/**
 * What the values of options and the arguments name, by the word between the brackets of the help; `command word` and
 * `command --option` go before. A word that is not here has no suggestions, and a test says so.
 */
const SOURCES: Readonly<Record<string, Source>> = {
  // arguments
  plan: FILE,
  plans: FILE,
  files: FILE,
  gate: GATE,
  gates: GATE,
  agent: { of: 'name', kinds: ['Agent'] },
  environment: ENVIRONMENT,
  names: ENVIRONMENT,
  fields: { of: 'resource' },
  resources: { of: 'resource' },
  resource: { of: 'resource', kinds: ['ContainerApp', 'Agent'] },
  target: { of: 'resource', kinds: ['ModelDeployment', 'ContainerJob', 'BatchEndpoint'] },
  kind: { of: 'kind' },
  subject: { of: 'subject' },
  shell: { of: 'shell' },
  'invoke target': { of: 'resource', kinds: ['Agent', 'ContainerApp', 'ModelDeployment'], environments: true },
  'drift revert names': { of: 'resource' },
  'rollout status resources': { of: 'resource', kinds: ['ContainerApp', 'Agent'] },
  'rollout tick resources': { of: 'resource', kinds: ['ContainerApp', 'Agent'] },
  'evaluation report name': { of: 'name', kinds: ['Evaluation', 'EvaluationSchedule', 'RedTeamScan'] },
  'release name': { of: 'release' },
  // values of options
  file: FILE,
  path: FILE,
  report: FILE,
  folder: FOLDER,
  '--environment': ENVIRONMENT,
  '--release': { of: 'release' },
  '--project': PROJECT,
  'invoke --path': ANYTHING,
  'pull --project': ANYTHING,
  id: ANYTHING,
  name: ANYTHING,
  uri: ANYTHING,
  text: ANYTHING,
  value: ANYTHING,
  version: ANYTHING,
  revision: ANYTHING,
  method: ANYTHING,
  header: ANYTHING,
  branch: ANYTHING,
  region: ANYTHING,
  digest: ANYTHING,
  seconds: ANYTHING,
  share: ANYTHING,
  port: ANYTHING,
  n: ANYTHING,
};

/**
 * @param path Names of the commands: `gate report`.
 * @param word The word between the brackets of the help, without dots.
 * @param option Long name of the option that the word is the value of; absent for arguments.
 */
export function sourceOf(path: string, word: string, option?: string): Source | undefined {
  const keys = option === undefined ? [`${path} ${word}`, word] : [`${path} ${option}`, option, word];
  return keys.map((key) => SOURCES[key]).find((source) => source !== undefined);
}

/** The word between the brackets of an option: `file` of `--out <file>`; absent for one without a value. */
export function valueWord(flags: string): string | undefined {
  return /[<[]([^\]>.]+)/.exec(flags)?.[1];
}
