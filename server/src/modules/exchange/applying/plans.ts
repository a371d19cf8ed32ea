import type { Plan } from '#kernel/plan.ts';
import { digestOf, type BundleFile } from '../ssh/tar.ts';
import { impactText } from './impact.ts';
import type { Impact } from './schemas.ts';
import type { GenerationRow } from './tables.ts';
import type { Wanted } from './wanted.ts';

const SHOWN = 20;
const LONGEST_LINE = 2_000;
/** Lists of prefixes are lines of any length: of those it is enough to see that they differ. */
export const brief = (content: string): string =>
  content
    .split('\n')
    .map((line) =>
      line.length <= LONGEST_LINE ? line : `${line.slice(0, 200)} … (${line.length} characters, sha256 ${digestOf(line).slice(0, 12)})`,
    )
    .join('\n');

const named = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${title}: ${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`];

/** File by file, and what becomes of the sessions. */
export function planOf(handle: string, id: string, confirmed: GenerationRow | undefined, wanted: Pick<Wanted, 'files' | 'sha256'>, impact: Impact): Plan {
  const fields = differingFiles(confirmed?.files ?? [], wanted.files).slice(0, 200);
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

/** Files that the one has and the other has not, or has otherwise. */
export function differingFiles(before: readonly BundleFile[], after: readonly BundleFile[]): { path: string; before: string | null; after: string | null }[] {
  const contents = (files: readonly BundleFile[]): Map<string, string> => new Map(files.map(({ path, content }) => [path, content]));
  const [was, is] = [contents(before), contents(after)];
  const shown = (content: string | undefined): string | null => (content === undefined ? null : brief(content));
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path));
  return paths.map((path) => ({ path, before: shown(was.get(path)), after: shown(is.get(path)) }));
} // prettier-ignore
