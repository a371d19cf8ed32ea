import { newId } from '#kernel/ids.ts';
import { adopt } from './content.ts';
import { stage, type Edits } from './edits.ts';
import { importedInto } from './importing.ts';
import type { Wanted } from './plans.ts';
import type { ZoneRecord } from './records.ts';
import { faultsProblem } from './staging.ts';
import type { ZoneRow } from './tables.ts';

/** What a zone is to begin with, on top of what its server gives it. */
export interface FirstContent {
  records: Edits['creates'];
  zonefile?: string | undefined;
}

/** The zone's first content: the server's, then the file's, then single records. Throws what is wrong with them. */
export function withContent(zone: ZoneRow, initial: readonly ZoneRecord[], { records, zonefile }: FirstContent): Wanted {
  const before = adopt(initial, new Map());
  const file = zonefile === undefined ? undefined : importedInto(zone, before, zonefile, { mode: 'merge', keepNs: false, skipInvalid: false });
  const edits: Edits = { creates: records, updates: [], deletes: [] };
  const { after, faults } = stage(zone, file?.after ?? before, edits, (_kind, index) => `/records/${index}`, newId);
  if (faults.length > 0) throw faultsProblem(faults);
  return { zone, before, after, notes: file?.notes ?? [], serial: file?.serial };
}
