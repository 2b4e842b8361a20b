/** Adds all of `more` to the end of `list`, however many: `push(...more)` passes each as an argument and overflows the stack. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}
