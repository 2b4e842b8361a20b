/** Versions of Microsoft.CognitiveServices that SDKs, az, azd and Terraform send. */
export const COGNITIVE_VERSIONS: readonly string[] = [
  '2021-04-30',
  '2021-10-01',
  '2022-12-01',
  '2023-05-01',
  '2023-10-01-preview',
  '2024-04-01-preview',
  '2024-06-01-preview',
  '2024-10-01',
  '2025-04-01-preview',
  '2025-06-01',
  '2025-09-01',
  '2025-10-01-preview',
  '2025-12-01',
  '2026-03-01',
  '2026-05-01',
  '2026-05-15-preview',
  '2026-07-01',
];

export const ACCOUNT_TYPE = 'Microsoft.CognitiveServices/accounts';

/** Where operations of this provider are polled: both URLs have one path, with the region in capitals. */
export const OPERATION_PATHS = { statusPath: 'locations/{LOCATION}/operationResults/{id}' } as const;

export const SKU = {
  'name!': 'string',
  tier: 'Free|Basic|Standard|Premium|Enterprise|*',
  size: 'string',
  family: 'string',
  capacity: 'integer',
} as const;
