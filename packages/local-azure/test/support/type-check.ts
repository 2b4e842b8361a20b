import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LogEntry } from '../../src/index.ts';

/**
 * Checks traffic against Microsoft's own type data, which neither the server nor its clients were written from. The data
 * and its validator are not part of this repository: AZURE_TYPES_DIR names their folder, by default `../shared/azure-types`
 * next to the repository. Without them nothing is checked, and the run says so once (see ../support/clean.ts); where
 * AZURE_TYPES_DIR is set, they must be there.
 */
const folder: string = resolve(
  process.env['AZURE_TYPES_DIR'] ??
    join(fileURLToPath(new URL('../../../..', import.meta.url)), '..', 'shared', 'azure-types'),
);

interface Finding {
  readonly level: 'error' | 'warn';
  readonly kind: string;
  readonly path: string;
  readonly message: string;
}

/** Types by their place in the list; those of objects have properties. */
interface TypeData {
  readonly types: readonly { readonly properties?: object }[];
}

interface Validator {
  loadTypes(type: string, apiVersion: string | undefined, dir: string): TypeData | undefined;
  validate(type: string, apiVersion: string | undefined, body: unknown, options: ValidateOptions): Finding[];
}

interface ValidateOptions {
  readonly mode: 'request' | 'response';
  readonly dir: string;
  readonly partial?: boolean;
  readonly strict?: boolean;
}

const validator = await loadValidator();

async function loadValidator(): Promise<Validator | undefined> {
  const file = join(folder, 'validate.mjs');
  if (existsSync(file)) return withoutInherited((await import(pathToFileURL(file).href)) as Validator);
  if (process.env['AZURE_TYPES_DIR'] !== undefined) throw new Error(`AZURE_TYPES_DIR: there is no ${file}`);
  return undefined;
}

/** Members such as `constructor` are looked up in the types, where nothing may be inherited. Each type is loaded once. */
function withoutInherited(validator: Validator): Validator {
  const known = new Map<string, TypeData | undefined>();
  const loadTypes: Validator['loadTypes'] = (type, apiVersion, dir) => {
    const key = `${type}@${apiVersion ?? ''}`.toLowerCase();
    if (!known.has(key)) {
      const loaded = validator.loadTypes(type, apiVersion, dir);
      for (const { properties } of loaded?.types ?? []) if (properties) Object.setPrototypeOf(properties, null);
      known.set(key, loaded);
    }
    return known.get(key);
  };
  return { loadTypes, validate: (...asked) => validator.validate(...asked) };
}

/** Where the type data is expected. */
export const typeDataFolder = folder;

/** True when type data is there, so that checks are really made. */
export const hasTypeData: boolean = validator !== undefined;

/** Whether there is data for a type at exactly this api-version. */
export function knowsType(type: string, apiVersion: string): boolean {
  return validator?.loadTypes(type, apiVersion, folder) !== undefined;
}

/** Members that Azure returns although no type describes them. */
const UNDOCUMENTED: readonly RegExp[] = [
  /Microsoft\.CognitiveServices\/accounts\/projects .*\$?(kind|properties\.internalId)$/iu,
  /Microsoft\.App\/containerApps .*delegatedIdentities$/iu,
  // Lists of workbooks are thin unless the content is asked for.
  /Microsoft\.Insights\/workbooks response .*missing-required .*serializedData$/iu,
];

/** What is wrong in accepted requests and in answers, one line each. What a fault had a part in says nothing about Azure. `sides` limits it to one of them. */
function findingsIn(log: readonly LogEntry[], sides: 'both' | 'requests' | 'responses' = 'both'): string[] {
  if (!validator) return [];
  const accepted = log.filter(({ status, struck }) => !struck && status >= 200 && status < 300);
  return accepted.flatMap((entry) => [
    ...(sides === 'responses' ? [] : requestFindings(validator, entry)),
    ...(sides === 'requests' ? [] : responseFindings(validator, entry)),
  ]);
}

/** Throws when any accepted request or any answer in the log does not fit Azure's own types. */
export function checkTraffic(log: readonly LogEntry[], sides: 'both' | 'requests' | 'responses' = 'both'): void {
  const findings = [...new Set(findingsIn(log, sides))];
  if (findings.length > 0) throw new Error(`Traffic that Azure's types do not allow:\n${findings.join('\n')}`);
}

function requestFindings(check: Validator, entry: LogEntry): string[] {
  const { method, path, apiVersion, requestBody } = entry;
  const type = typeOf(path);
  if (!['PUT', 'PATCH'].includes(method) || type?.isList !== false) return [];
  if (method === 'PATCH' && type.name === 'Microsoft.Resources/tags') return [];
  return findings(check, type.name, apiVersion, requestBody, entry, { mode: 'request', partial: method === 'PATCH' });
}

/** The body of a 202, where there is one, tells about the operation. */
function responseFindings(check: Validator, entry: LogEntry): string[] {
  const { method, path, apiVersion, status, responseBody } = entry;
  const type = typeOf(path);
  if (!type || method === 'POST' || status === 202 || responseBody === undefined) return [];
  const items = type.isList ? ((responseBody as { value?: unknown[] }).value ?? []) : [responseBody];
  return items.flatMap((item) => findings(check, type.name, apiVersion, item, entry, { mode: 'response' }));
}

function findings(
  check: Validator,
  type: string,
  apiVersion: string | undefined,
  body: unknown,
  { method, path }: LogEntry,
  options: Omit<ValidateOptions, 'dir'>,
): string[] {
  const version = check.loadTypes(type, apiVersion, folder) ? apiVersion : undefined;
  if (!check.loadTypes(type, version, folder)) return [];
  return check
    .validate(type, version, body, { ...options, dir: folder })
    .filter(({ level, kind }) => level === 'error' || kind === 'unknown-property')
    .map(
      (finding) =>
        `${type} ${options.mode} of ${method} ${path}: ${finding.kind} ${finding.message} at ${finding.path}`,
    )
    .filter((line) => !UNDOCUMENTED.some((pattern) => pattern.test(line)));
}

/** The resource type that a path addresses; undefined for operations, the Foundry data plane and the like. */
function typeOf(path: string): { readonly name: string; readonly isList: boolean } | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const at = segments.map((segment) => segment.toLowerCase()).lastIndexOf('providers');
  if (at < 0) return groupType(segments);
  const [namespace, ...rest] = segments.slice(at + 1);
  const types = rest.filter((_, index) => index % 2 === 0);
  if (namespace === undefined || types.length === 0 || types[0]?.toLowerCase() === 'locations') return undefined;
  return { name: [namespace, ...types].join('/'), isList: rest.length % 2 === 1 };
}

function groupType([root, , kind, name, ...rest]: readonly string[]):
  | { readonly name: string; readonly isList: boolean }
  | undefined {
  if (root?.toLowerCase() !== 'subscriptions' || kind?.toLowerCase() !== 'resourcegroups' || rest.length > 0)
    return undefined;
  return { name: 'Microsoft.Resources/resourceGroups', isList: name === undefined };
}
