import type { Plan } from '#kernel/plan.ts';
import { impactText } from './impact.ts';
import type { Impact } from './schemas.ts';
import type { GenerationRow } from './tables.ts';
import type { Wanted } from './wanted.ts';

const SHOWN = 20;
const named = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${title}: ${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`];

/** File by file, and what becomes of the sessions. */
export function planOf(handle: string, id: string, confirmed: GenerationRow | undefined, wanted: Pick<Wanted, 'files' | 'sha256'>, impact: Impact): Plan {
  const before = new Map((confirmed?.files ?? []).map(({ path, content }) => [path, content]));
  const after = new Map(wanted.files.map(({ path, content }) => [path, content]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  const fields = paths.slice(0, 200).map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
  const isSame = confirmed?.sha256 === wanted.sha256;
  return {
    summary: isSame ? `Load the configuration of "${handle}" again` : `Apply the configuration of "${handle}": ${impactText(impact)}`,
    steps: [{ title: 'Send it, and have BIRD read it', seconds: 2 }, { title: 'Load it, with a timer that undoes it', seconds: 1 }, { title: 'See that all is well, and confirm it', seconds: 10 }],
    changes: [{ action: isSame ? 'none' : 'update', type: 'exchangeRouteServer', id, name: handle, fields }],
    downtime: { kind: impact.restarted.length > 0 ? 'restart' : 'none', seconds: impact.restarted.length > 0 ? 30 : 0 },
    warnings: [...named('Sessions that restart', impact.restarted), ...named('Peers that lose their session', impact.removed)],
    reversible: 'It undoes itself when all is not well. Afterwards: roll back to the generation of before.',
    facts: { sessionsRestarted: impact.restarted.length, peersAdded: impact.added.length, peersRemoved: impact.removed.length },
  };
} // prettier-ignore
