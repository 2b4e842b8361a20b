import { ArmError } from '../../arm/arm-error.ts';
import { runningOperation } from '../../arm/operations.ts';
import type { Write } from '../../arm/contract.ts';
import type { LongRunning, NameRule } from '../../arm/type-rules.ts';
import { arrayAt, sameText, textAt } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';

/** Versions of Microsoft.DocumentDB that SDKs, az and Terraform send. */
export const DOCUMENTDB_VERSIONS: readonly string[] = [
  '2015-04-08',
  '2019-12-12',
  '2020-04-01',
  '2021-04-15',
  '2021-06-15',
  '2021-10-15',
  '2022-05-15',
  '2022-08-15-preview',
  '2022-11-15',
  '2023-04-15',
  '2023-09-15',
  '2023-11-15',
  '2024-05-15',
  '2024-08-15',
  '2024-11-15',
  '2025-04-15',
  '2025-10-15',
  '2026-03-15',
];

export const ACCOUNT_TYPE = 'Microsoft.DocumentDB/databaseAccounts';
export const DATABASE_TYPE = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases';
export const CONTAINER_TYPE = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers';

const both = ['azure-async-operation', 'location'] as const;

/** Operations of Cosmos DB are `Dequeued` until they have ended. */
export const COSMOS_OPERATION: LongRunning = {
  create: both,
  update: both,
  patch: both,
  delete: both,
  statusPath: 'locations/{location}/operationsStatus/{id}',
  resultPath: 'locations/{location}/operationResults/{id}',
  runningStatus: 'Dequeued',
};

export const COSMOS_CODES = {
  invalid: 'BadRequest',
  immutable: 'BadRequest',
  immutableStatus: 400,
  busy: 'PreconditionFailed',
  busyStatus: 412,
  notFound: 'NotFound',
} as const;

/** Names of databases and containers. */
export const ITEM_NAME: NameRule = {
  pattern: /^[^/\\#?]{1,254}[^/\\#? ]$|^[^/\\#? ]$/u,
  code: 'BadRequest',
  message: "The name '{name}' is invalid: up to 255 characters, none of / \\ # ?, no space at the end.",
};

export const GUID_NAME: NameRule = {
  pattern: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu,
  code: 'BadRequest',
  message: "The name '{name}' must be a GUID.",
};

/** Members of any resource below an account besides its properties. */
export const CHILD_ENVELOPE = { location: 'string', tags: { '*': 'string' } } as const;

export function badRequest(message: string, target?: string): ArmError {
  return new ArmError(400, 'BadRequest', message, target === undefined ? {} : { target });
}

export function hasCapability(account: Resource | undefined, name: string): boolean {
  return arrayAt(account?.writable, 'properties.capabilities').some((each) =>
    sameText(textAt(each, 'name') ?? '', name),
  );
}

/** Nothing below an account is written while the account itself is. */
export function requireAccountReady({ engine, id }: Write): void {
  const account = id.split('/').slice(0, 9).join('/');
  if (!runningOperation(engine, account)) return;
  const message = `There is already an operation in progress which requires exclusive lock on this service ${account.split('/').at(-1) ?? ''}. Please retry the operation after sometime.`;
  throw new ArmError(412, 'PreconditionFailed', message);
}

/** `properties.resource.id` repeats the name. */
export function requireResourceId({ name, body }: Write): void {
  const id = textAt(body, 'properties.resource.id') ?? '';
  if (id === name) return;
  throw badRequest(`The resource id '${id}' in the body differs from '${name}' in the URL.`, 'properties.resource.id');
}
