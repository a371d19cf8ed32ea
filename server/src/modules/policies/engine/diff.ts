import type { SetDifference } from './ruling.ts';
import type { Json, Policy, PolicySet } from './types.ts';

type Loose = (before: Json | undefined, after: Json | undefined) => boolean;

const removed: Loose = (_before, after) => after === undefined;
const ORDER = ['audit', 'warn', 'enforce'];
const grew = (before: Json | undefined, after: Json | undefined): boolean => Number(after ?? 0) > Number(before ?? 0);
const shrank = (before: Json | undefined, after: Json | undefined): boolean => Number(after ?? 0) < Number(before ?? 0);
const always: Loose = () => true;
const never: Loose = () => false;

/** Whether a change of a field may let pass what was held up before. What is not named here may. */
const LOOSENS: readonly (readonly [RegExp, Loose])[] = [
  [/\/(?:message|messageExpr|description|severity|owner|name)$/, never],
  [/\/enabled$/, (_before, after) => after === false],
  [/\/overridable$/, (_before, after) => after === true],
  [/\/enforcement$/, (before, after) => ORDER.indexOf(String(after)) < ORDER.indexOf(String(before))],
  [/\/breakGlass$/, (_before, after) => after === 'allowed'],
  [/\/onError$/, (_before, after) => after !== 'deny'],
  [/\/(?:rateLimit\/limit|limitTargets\/max|maxAgeSeconds|withinSeconds)$/, grew],
  [/\/rateLimit\/windowSeconds$/, shrank],
  [/\/(?:minLength|canary\/(?:targets|percent)|pauseSeconds|count)$/, shrank],
  [/\/(?:tests|requireTests)(?:\/|$)/, (before, after) => after === undefined || (before === true && after === false)],
  [/\/(?:ticketPattern|pattern|amr|calendars|windows)(?:\/|$)/, always],
  [/\/unless$/, (_before, after) => after !== undefined],
];

const loosens = (path: string, before: Json | undefined, after: Json | undefined): boolean =>
  (LOOSENS.find(([pattern]) => pattern.test(path))?.[1] ?? always)(before, after);

const isObject = (value: unknown): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isObject(value)
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])] as const))
      : value; // prettier-ignore

function compare(before: Json | undefined, after: Json | undefined, path: string): SetDifference[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => compare(before[key], after[key], `${path}/${key}`));
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const values = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return [{ kind, path, ...values, loosens: loosens(path, before, after) }];
}

type Named<T> = Record<string, T>;

/** A rule that is new can only add restrictions; one that is gone takes its own away. A rule for others to be allowed by is no different. */
function comparePolicies(before: Named<Policy>, after: Named<Policy>): SetDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((id): SetDifference[] => {
    const [old, now] = [before[id], after[id]];
    const path = `/spec/policies/${id}`;
    if (old && now) return compare(old as unknown as Json, now as unknown as Json, path);
    if (now) return [{ kind: 'added', path, after: now as unknown as Json, loosens: now.type === 'allow-only' && Object.values(before).some(({ type }) => type === 'allow-only') }];
    return [{ kind: 'removed', path, before: old as unknown as Json, loosens: removed(old as unknown as Json, undefined) }];
  });
} // prettier-ignore

const named = <T>(items: readonly T[], key: keyof T): Named<T> => Object.fromEntries(items.map((one) => [String(one[key]), one]));

/** What is different between two versions of a set, by the ids of rules and names of tests: their order means nothing. */
export function diffSets(before: PolicySet, after: PolicySet): SetDifference[] {
  const head = ({ name, owner, description, enforcement, overridable, timezone, requireTests, params }: PolicySet): Json =>
    JSON.parse(JSON.stringify({ name, owner, description, enforcement, overridable, timezone, requireTests, params })) as Json;
  const tests = ({ tests: all }: PolicySet): Json =>
    JSON.parse(JSON.stringify(named(all.map(({ pointer: _, ...test }) => test), 'name'))) as Json; // prettier-ignore
  return [
    ...compare(head(before), head(after), '/spec'),
    ...comparePolicies(named(before.policies, 'id'), named(after.policies, 'id')),
    ...compare(tests(before), tests(after), '/spec/tests'),
  ];
}
