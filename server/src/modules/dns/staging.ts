import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { loadSets } from './content.ts';
import { stage, type EditFault, type Edits, type Pointer } from './edits.ts';
import type { Wanted } from './plans.ts';
import type { ZoneRow } from './tables.ts';
import type { Place } from './zone-rows.ts';

const TOLD = 100;

/** Every fault of a call as one problem; the first gives it its kind. */
export function faultsProblem(faults: readonly EditFault[]): Problem {
  const first = faults[0]!;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const errors = faults.slice(0, TOLD).map(({ slug, pointer, message }) => ({ pointer, message, code: slug }));
  return new Problem(first.slug, `${first.message[0]!.toUpperCase()}${first.message.slice(1)}${more}.`, { errors });
}

/** The zone after the edits. Throws what is wrong with them, all at once. */
export async function edited(place: Place, zone: ZoneRow, edits: Partial<Edits>, pointer: Pointer): Promise<Wanted> {
  const before = await loadSets(place, zone.id);
  const { after, faults } = stage(zone, before, { creates: [], updates: [], deletes: [], ...edits }, pointer, newId);
  if (faults.length > 0) throw faultsProblem(faults);
  return { zone, before, after };
}

/** For an operation whose input is one edit: its fields stand at the top. */
export const atTop: Pointer = () => '';
