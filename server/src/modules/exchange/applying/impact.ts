import type { BundleFile } from '../ssh/tar.ts';
import type { Impact } from './schemas.ts';

/** What happens to the sessions of a peer, from least to most. */
const RANK = { none: 0, reload: 1, restart: 2 } as const;
type Kind = keyof typeof RANK;

/** Lines of a peer's file whose change BIRD takes without touching anything, or with a reload of the channel. */
const HARMLESS = /^\s*(description |import limit )/;
const FILTERED = /^\s*(filter |import filter |function )/;
const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trimEnd());

/** Where two texts differ, line by line; a line more or less is a difference of that line. */
function differing(before: string, after: string): string[] {
  const [one, other] = [linesOf(before), linesOf(after)];
  const has = (lines: readonly string[]): Set<string> => new Set(lines);
  const [inOne, inOther] = [has(one), has(other)];
  return [...one.filter((line) => !inOther.has(line)), ...other.filter((line) => !inOne.has(line))];
}

/** As it was measured on BIRD 2.0.12: limits and descriptions touch nothing, filters are run again, and all else restarts the session. */
export function kindOf(before: string, after: string): Kind {
  return differing(before, after)
    .map((line): Kind => (HARMLESS.test(line) ? 'none' : FILTERED.test(line) ? 'reload' : 'restart'))
    .reduce<Kind>((most, kind) => (RANK[kind] > RANK[most] ? kind : most), 'none');
}

/** Of what all peers share: templates, addresses and our ASN restart their sessions, rules are run again. */
const SHARED = /^(template |router id |define RS_AS )/;
const sharedKind = (before: string, after: string): Kind => (before === after ? 'none' : differing(before, after).some((line) => SHARED.test(line)) ? 'restart' : 'reload'); // prettier-ignore

/** A peer whose sessions are kept down. */
const isOff = (text: string): boolean => /^\s*disabled;/m.test(text);

const nameOf = (path: string): string => path.replace(/^peers\/|\.conf$/g, '');
const isPeer = ({ path }: BundleFile): boolean => path.startsWith('peers/');
const base = (files: readonly BundleFile[]): string => files.find(({ path }) => path === 'base.conf')?.content ?? '';

/** What would become of whose sessions. */
export function impactOf(before: readonly BundleFile[], after: readonly BundleFile[]): Impact {
  const known = new Map(before.filter(isPeer).map(({ path, content }) => [path, content]));
  const wanted = after.filter(isPeer);
  const shared = before.length === 0 ? 'none' : sharedKind(base(before), base(after));
  // One that is stopped is gone for the others, and one that goes on is new to them.
  const turned = (off: boolean): BundleFile[] =>
    wanted.filter(({ path, content }) => isOff(content) === off && known.has(path) && isOff(known.get(path)!) !== off);
  const kinds = wanted.flatMap(({ path, content }) => {
    const was = known.get(path);
    if (was === undefined || isOff(was) !== isOff(content)) return [];
    const own = kindOf(was, content);
    return [{ name: nameOf(path), kind: RANK[own] > RANK[shared] ? own : shared, isChanged: was !== content }];
  });
  const of = (kind: Kind) => kinds.filter((one) => one.kind === kind).map(({ name }) => name);
  const paths = new Set(wanted.map(({ path }) => path));
  return {
    added: [...wanted.filter(({ path }) => !known.has(path)), ...turned(false)].map(({ path }) => nameOf(path)),
    removed: [...[...known.keys()].filter((path) => !paths.has(path)), ...turned(true).map(({ path }) => path)].map(nameOf),
    restarted: of('restart'),
    reloaded: of('reload'),
    unaffected: kinds.filter(({ kind, isChanged }) => kind === 'none' && isChanged).map(({ name }) => name),
    kept: kinds.length,
  };
}

/** More than a fifth of the sessions that are there: somebody agrees to that first. */
export const isDisruptive = ({ restarted, removed, kept }: Impact): boolean => (restarted.length + removed.length) * 5 > kept + removed.length && restarted.length > 0; // prettier-ignore

export const impactText = ({ added, removed, restarted, reloaded }: Impact): string =>
  [
    [added.length, 'added'], [removed.length, 'removed'], [restarted.length, 'restarted'], [reloaded.length, 'filtered anew'],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ') || 'no session is touched'; // prettier-ignore
