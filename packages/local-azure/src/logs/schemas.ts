import type { Column } from '../kql/table.ts';
import type { ValueType } from '../kql/values.ts';

/** Columns that every table has. */
const COMMON = { TimeGenerated: 'datetime', TenantId: 'string', Type: 'string', _ResourceId: 'string' } as const;

const APP = {
  OperationName: 'string',
  OperationId: 'string',
  AppRoleName: 'string',
  Properties: 'dynamic',
} as const;

/** Tables that exist in a workspace before anything is written; column names from memory, unverified. */
const SCHEMAS: Readonly<Record<string, Readonly<Record<string, ValueType>>>> = {
  ContainerAppConsoleLogs_CL: {
    ContainerAppName_s: 'string',
    RevisionName_s: 'string',
    ContainerName_s: 'string',
    ContainerGroupName_s: 'string',
    EnvironmentName_s: 'string',
    Stream_s: 'string',
    Log_s: 'string',
  },
  ContainerAppSystemLogs_CL: {
    ContainerAppName_s: 'string',
    RevisionName_s: 'string',
    EnvironmentName_s: 'string',
    Reason_s: 'string',
    Type_s: 'string',
    Log_s: 'string',
  },
  AppRequests: { ...APP, Name: 'string', Url: 'string', Success: 'bool', ResultCode: 'string', DurationMs: 'real' },
  AppDependencies: {
    ...APP,
    Name: 'string',
    Target: 'string',
    Data: 'string',
    Success: 'bool',
    ResultCode: 'string',
    DurationMs: 'real',
  },
  AppExceptions: { ...APP, ExceptionType: 'string', OuterMessage: 'string', SeverityLevel: 'long' },
  AppTraces: { ...APP, Message: 'string', SeverityLevel: 'long' },
  AppEvents: { ...APP, Name: 'string' },
  AzureDiagnostics: {
    Category: 'string',
    OperationName: 'string',
    ResultType: 'string',
    DurationMs: 'long',
    ResourceId: 'string',
    properties_s: 'string',
  },
  AzureMetrics: { MetricName: 'string', Total: 'real', Average: 'real', Count: 'real', ResourceId: 'string' },
  AzureActivity: {
    OperationNameValue: 'string',
    ActivityStatusValue: 'string',
    Caller: 'string',
    ResourceId: 'string',
    CorrelationId: 'string',
  },
};

/** Columns of a table by its name; undefined where the workspace has no such table unless something was written to it. */
export function knownColumns(table: string): readonly Column[] | undefined {
  const own = Object.hasOwn(SCHEMAS, table) ? SCHEMAS[table] : undefined;
  return own && [...toColumns(COMMON), ...toColumns(own)];
}

function toColumns(types: Readonly<Record<string, ValueType>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
