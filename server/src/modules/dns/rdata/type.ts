import { Invalid } from '../invalid.ts';
import type { Field } from './fields.ts';

/** One record type: its parts in order, and what must hold between them. */
export interface RecordType {
  /** Mnemonic, e.g. `MX`. */
  name: string;
  /** Number on the wire (IANA registry "DNS Parameters"). */
  code: number;
  fields: readonly Field<unknown>[];
  /** Throws Invalid when the parts do not fit together. */
  check: (values: readonly unknown[]) => void;
}

/** `check` answers what is wrong, in words, or nothing. */
export const recordType = <V extends readonly unknown[]>(
  name: string,
  code: number,
  fields: { [K in keyof V]: Field<V[K]> },
  check: (...values: V) => string | undefined = () => undefined,
): RecordType => ({
  name,
  code,
  fields,
  check(values) {
    const wrong = check(...(values as unknown as V));
    if (wrong !== undefined) throw new Invalid(wrong);
  },
});
