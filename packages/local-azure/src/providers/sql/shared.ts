import { ArmError } from '../../arm/arm-error.ts';
import type { LongRunning } from '../../arm/type-rules.ts';

/** Versions of Microsoft.Sql that SDKs, az and Terraform send. */
export const SQL_VERSIONS: readonly string[] = [
  '2014-04-01',
  '2017-10-01-preview',
  '2018-06-01-preview',
  '2019-06-01-preview',
  '2020-11-01-preview',
  '2021-02-01-preview',
  '2021-05-01-preview',
  '2021-08-01-preview',
  '2021-11-01',
  '2021-11-01-preview',
  '2022-02-01-preview',
  '2022-05-01-preview',
  '2022-08-01-preview',
  '2023-05-01-preview',
  '2023-08-01',
  '2023-08-01-preview',
  '2024-05-01-preview',
  '2025-01-01',
];

export const SERVER_TYPE = 'Microsoft.Sql/servers';
export const DATABASE_TYPE = 'Microsoft.Sql/servers/databases';

/**
 * Every write of SQL is accepted with 202, both headers and the name of the operation. `subject` is the first word of the
 * paths that answer polls.
 */
export function sqlOperation(subject: string, names: LongRunning['operationNames'] & object): LongRunning {
  const both = ['azure-async-operation', 'location'] as const;
  return {
    create: both,
    update: both,
    patch: both,
    delete: both,
    statusPath: `locations/{location}/${subject}AzureAsyncOperation/{id}`,
    resultPath: `locations/{location}/${subject}OperationResults/{id}`,
    operationNames: names,
  };
}

export function invalidParameter(name: string): ArmError {
  const message = `Invalid value given for parameter ${name}. Specify a valid parameter value.`;
  return new ArmError(400, 'InvalidParameterValue', message, { target: name });
}

/** Names of databases and firewall rules. */
export const OBJECT_NAME = /^(?!.*[. ]$)[^<>*%&:\\/?]{1,128}$/u;
