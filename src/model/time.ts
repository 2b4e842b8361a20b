/** ISO 8601 of milliseconds since 1970; empty where they are no time, as Azure may say anything. */
export function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
