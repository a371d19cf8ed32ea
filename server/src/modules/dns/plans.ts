import { sha256, canonicalJson } from '#kernel/ids.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { counts, MAX_ZONE_RECORDS } from './content.ts';
import { highRisk } from './risk.ts';
import { diffSets, isMassChange, touchedPercent, type SetChange, type Sets, type SetState } from './sets.ts';
import type { ZoneRow } from './tables.ts';
import { warningsFor } from './warnings.ts';

/** A zone as it is here and as it is to be. */
export interface Wanted {
  zone: ZoneRow;
  before: Sets;
  after: Sets;
  /** Said in the plan, e.g. what was left out of a file. */
  notes?: readonly string[];
  /** Serial not to fall behind, where the server lets us choose. */
  serial?: number | undefined;
}

/** More would make a plan that nobody reads; a digest in `observed` covers the rest. */
const SHOWN = 500;

const values = (state: SetState): string[] => state.entries.map(({ value }) => value).toSorted();
const remarks = (state: SetState): Record<string, string> =>
  Object.fromEntries(state.entries.filter(({ comment }) => comment !== null).map(({ value, comment }) => [value, comment!]));

type PlanField = NonNullable<NonNullable<Plan['changes']>[number]['fields']>[number];

function fieldsOf({ before, after }: SetChange): PlanField[] {
  const read = { ttl: (state: SetState) => state.ttl, values, remarks };
  return Object.entries(read).flatMap(([path, of]) => {
    const [from, to] = [before && of(before), after && of(after)];
    if (canonicalJson(from) === canonicalJson(to)) return [];
    return path === 'remarks' && Object.keys(from ?? to ?? {}).length === 0 && !(from && to) ? [] : [{ path, before: from, after: to }];
  });
}

const planChanges = (changes: readonly SetChange[]): NonNullable<Plan['changes']> =>
  changes.map((change) => ({
    action: change.before ? (change.after ? ('update' as const) : ('delete' as const)) : ('create' as const),
    type: 'dnsRecordSet',
    name: `${change.name} ${change.type}`,
    fields: fieldsOf(change),
  }));

const some = (count: number): string => (count === 1 ? '1 record set' : `${count} record sets`);

/** The plan of a change of records. Throws `mass-change` when much would change and nobody said that it is meant. */
export function planOf({ zone, before, after, notes = [] }: Wanted, { summary, confirmed }: { summary: string; confirmed: boolean }): Plan {
  const changes = diffSets(before, after);
  const total = [...after.values()].reduce((sum, { entries }) => sum + entries.length, 0);
  if (total > MAX_ZONE_RECORDS) throw new Problem('zone-too-large', `${zone.name} would have ${total} records; ${MAX_ZONE_RECORDS} are possible.`);
  const percent = touchedPercent(before, changes);
  if (isMassChange(before, changes) && !confirmed) {
    throw new Problem(
      'mass-change',
      `${percent} % of the record sets of ${zone.name} would be changed or deleted. If that is meant, send it again with confirmMassChange.`,
      { percent },
    );
  }
  const reasons = highRisk(zone.name, before, changes);
  const all = planChanges(changes);
  const count = counts(changes);
  const oldest = Math.max(0, ...changes.map((change) => change.before?.ttl ?? 0));
  return {
    summary,
    ...(reasons.length > 0 ? { risk: 'high' as const } : {}),
    steps: changes.length === 0 ? [] : [{ title: `Send ${some(changes.length)} to the name server`, seconds: 1 }, { title: 'Record the new version', seconds: 1 }], // prettier-ignore
    changes: all.slice(0, SHOWN),
    reversible: 'Roll the Change back, or restore an earlier version of the zone.',
    warnings: [
      ...reasons.map((reason) => `High risk: it ${reason}.`),
      ...warningsFor(zone.name, changes, after),
      ...(oldest > 0 ? [`Resolvers may keep the old answers for up to ${oldest} s.`] : []),
      ...(all.length > SHOWN ? [`${all.length - SHOWN} more record sets change than are shown here.`] : []),
      ...notes,
    ],
    facts: {
      recordsChangedPercent: percent,
      recordsDeletedPercent: before.size === 0 ? 0 : Math.ceil((count.deleted * 100) / before.size),
      affected: changes.length,
      ...count,
    },
    observed: { [`dnsZone:${zone.id}`]: all.length > SHOWN ? sha256(canonicalJson(all)) : zone.name },
  };
}
