import type { Json } from '#lib/types.ts';
import type { Simulation } from '../types.ts';

type Facts = Record<string, Json>;
const isObject = (value: Json | undefined): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (facts: Facts, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((place, name) => (isObject(place) ? place[name] : undefined), facts);

const some = (fields: Record<string, Json | undefined>): Facts =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Facts;

/** Of each resource what rules look at; names and times of one day would only make the test old. */
const resourceOf = (resource: Json): Json =>
  isObject(resource) ? some({ type: resource['type'], id: resource['id'], environment: resource['environment'], labels: resource['labels'], groups: resource['groups'] }) : resource; // prettier-ignore

function givenOf(facts: Facts): Facts {
  const resources = facts['resources'];
  const plan = at(facts, 'plan', 'riskScore');
  return some({
    operation: at(facts, 'operation', 'name'),
    risk: at(facts, 'operation', 'risk'),
    user: some({ roles: at(facts, 'user', 'roles'), teams: at(facts, 'user', 'teams') }),
    actor: some({ kind: at(facts, 'actor', 'kind'), surface: at(facts, 'actor', 'surface') }),
    resources: Array.isArray(resources) ? resources.map(resourceOf) : undefined,
    ...(plan === undefined ? {} : { plan: { riskScore: plan } }),
    comment: at(facts, 'change', 'comment'),
    ticket: at(facts, 'change', 'ticket'),
    ...(at(facts, 'change', 'emergency') === true ? { emergency: true } : {}),
    now: facts['now'],
  });
}

const APPLIED = new Set(['warn', 'require', 'deny']);

/** A simulation as a test of one set: what was given, and which of its rules have to speak. JSON is YAML too. */
export function testCase({ facts, ruling }: Simulation, set: string, name: string): string {
  const mine = ruling.matched.filter(({ policy }) => policy.startsWith(`${set}/`));
  const idsOf = (matches: readonly { policy: string }[]): string[] => [...new Set(matches.map(({ policy }) => policy.slice(set.length + 1)))];
  const matched = idsOf(mine.filter(({ effect }) => APPLIED.has(effect)));
  const quiet = idsOf(mine).filter((id) => !matched.includes(id));
  const expected = { matched, ...(quiet.length > 0 ? { notMatched: quiet } : {}) };
  return [`    - name: ${JSON.stringify(name)}`, `      given: ${JSON.stringify(givenOf(facts))}`, `      expect: ${JSON.stringify(expected)}`, ''].join('\n'); // prettier-ignore
}
