/** Text or bytes that are not what they should be. `at` is the offset (from 0) in the text that was read. Caught at the module's edges. */
export class Invalid extends Error {
  readonly at: number | undefined;
  constructor(message: string, at?: number) {
    super(message);
    this.name = 'Invalid';
    this.at = at;
  }
}

/** Runs `parse` on a part of a text that begins at `from`; what it finds invalid is reported at its place in the whole. */
export function within<T>(from: number, parse: () => T, title?: string): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(title ? `${title}: ${error.message}` : error.message, from + (error.at ?? 0));
  }
}
