/** Versions of Microsoft.Search that SDKs, az and Terraform send. */
export const SEARCH_VERSIONS: readonly string[] = [
  '2015-08-19',
  '2020-03-13',
  '2020-08-01',
  '2021-04-01-preview',
  '2022-09-01',
  '2023-11-01',
  '2024-03-01-preview',
  '2024-06-01-preview',
  '2025-02-01-preview',
  '2025-05-01',
];

export const SEARCH_TYPE = 'Microsoft.Search/searchServices';
