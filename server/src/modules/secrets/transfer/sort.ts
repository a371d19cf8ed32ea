import { nameFault, valueFault } from '../rules.ts';
import type { ValueKind, ValueType } from '../schemas.ts';
import type { SecretRow } from '../tables.ts';
import type { BadLine, Entry, Parsed } from './entries.ts';

interface NewLine extends Entry {
  type: ValueType;
}
interface KnownLine extends Entry {
  row: SecretRow;
}

/** What an import would do, line by line. */
export interface Sorted {
  created: NewLine[];
  changed: KnownLine[];
  /** There already, and not to be overwritten. */
  skipped: KnownLine[];
  invalid: BadLine[];
}

const NAME_FAULTS = {
  'secret-name-invalid': 'is no name: 3 to 64 capital letters, digits and "_", no digit in front',
  'secret-name-reserved': 'begins with SWITCHYARD_, SYSTEM_, INTERNAL_, NODE_ or REACT_APP_, which are reserved',
} as const;

/** What something that a file says nothing more of is. A secret of several lines is one of type multiline. */
function typeOf(kind: ValueKind, value: string): ValueType {
  if (kind === 'variable') return 'text';
  return /[\r\n]/.test(value) ? 'multiline' : 'secret';
}

/** What keeps a line from being taken; undefined when nothing does. */
function faultOf({ name, value }: Entry, kind: ValueKind, row: SecretRow | undefined): string | undefined {
  const named = nameFault(name);
  if (named) return NAME_FAULTS[named];
  if (row && row.kind !== kind) return `is a ${row.kind} here already`;
  return valueFault(row?.type ?? typeOf(kind, value), value);
}

/** Sorts what a file says by what is there at the place already. */
export function sortLines({ entries, bad }: Parsed, there: readonly SecretRow[], kind: ValueKind, overwrite: boolean): Sorted {
  const rows = new Map(there.map((row) => [row.name, row]));
  const sorted: Sorted = { created: [], changed: [], skipped: [], invalid: [...bad] };
  for (const entry of entries) {
    const row = rows.get(entry.name);
    const reason = faultOf(entry, kind, row);
    if (reason !== undefined) sorted.invalid.push({ line: entry.line, name: entry.name.slice(0, 64), reason });
    else if (!row) sorted.created.push({ ...entry, type: typeOf(kind, entry.value) });
    else (overwrite ? sorted.changed : sorted.skipped).push({ ...entry, row });
  }
  sorted.invalid.sort((a, b) => a.line - b.line);
  return sorted;
}
