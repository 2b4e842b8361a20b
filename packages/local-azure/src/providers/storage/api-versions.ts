/** Versions of Microsoft.Storage that SDKs, az and Terraform send. */
export const STORAGE_VERSIONS: readonly string[] = [
  '2019-06-01',
  '2021-02-01',
  '2021-09-01',
  '2022-05-01',
  '2022-09-01',
  '2023-01-01',
  '2023-05-01',
  '2024-01-01',
  '2025-01-01',
  '2025-06-01',
  '2026-04-01',
  '2026-09-01',
];
