/**
 * A region as Azure's own ids write it: `North Central US (Stage)` is `northcentralusstage`. Providers answer the display
 * name where the id was sent, and the other way round.
 */
export function regionId(region: string): string {
  return region.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
