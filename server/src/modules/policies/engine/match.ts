import type { Call } from './call.ts';
import type { EngineFacts, ResourceFacts } from './facts.ts';
import { compileGlobs, remembered, type Glob } from './glob.ts';
import type { Match, ResourceMatch } from './types.ts';

export interface Matcher {
  /** Whether a call is one of those that a rule is about, before any expression is asked. */
  fits: (call: Call) => boolean;
  /** The resources of a call that the rule is about. */
  selects: (call: Call) => readonly ResourceFacts[];
}

type Test = (facts: EngineFacts) => boolean;

const anyOf = (values: readonly string[] | undefined, of: (facts: EngineFacts) => readonly (string | null | undefined)[]): Test[] => {
  if (!values) return [];
  const glob = remembered(compileGlobs(values, '/'));
  return [(facts) => of(facts).some((one) => one != null && glob(one))];
};

const listed = (values: readonly string[] | undefined, of: (facts: EngineFacts) => string): Test[] => {
  if (!values) return [];
  const known = new Set(values);
  return [(facts) => known.has(of(facts))];
};

/** People are named by id or by e-mail address, whose letters may be written either way. */
const users = (values: readonly string[] | undefined): Test[] =>
  anyOf(
    values?.map((one) => one.toLowerCase()),
    ({ user }) => [user.id.toLowerCase(), user.email?.toLowerCase()],
  );

function operations(patterns: readonly string[] | undefined): Test[] {
  if (!patterns) return [];
  const glob = remembered(compileGlobs(patterns, '.'));
  return [({ operation }) => glob(operation.name)];
}

type ResourceTest = (resource: ResourceFacts) => boolean;

function resourceTests({ types, ids, groups, labels }: ResourceMatch): ResourceTest[] {
  const tests: ResourceTest[] = [];
  const add = (patterns: readonly string[] | undefined, test: (glob: Glob) => ResourceTest): void => {
    if (patterns) tests.push(test(compileGlobs(patterns, '/')));
  };
  add(
    types,
    (glob) =>
      ({ type }) =>
        glob(type),
  );
  add(
    ids,
    (glob) =>
      ({ id }) =>
        glob(id),
  );
  add(
    groups,
    (glob) =>
      ({ groups: all }) =>
        all?.some(glob) ?? false,
  );
  for (const [key, pattern] of Object.entries(labels ?? {}))
    add(
      [pattern],
      (glob) =>
        ({ labels: all }) =>
          all !== undefined && Object.hasOwn(all, key) && glob(all[key]!),
    );
  return tests;
}

/** Values of a list are alternatives, the lists must all fit. One resource must fit by environment and by all of `resources`. */
export function compileMatch(match: Match): Matcher {
  const tests: Test[] = [
    ...listed(match.risk, ({ operation }) => operation.risk),
    ...listed(match.surfaces, ({ actor }) => actor.surface),
    ...listed(match.actors, ({ actor }) => actor.kind),
    ...operations(match.operations),
    ...anyOf(match.roles, ({ user }) => user.roles),
    ...anyOf(match.teams, ({ user }) => user.teams),
    ...users(match.users),
  ];
  const environment = match.environments && remembered(compileGlobs(match.environments, '/'));
  const byResource = match.resources ? resourceTests(match.resources) : [];
  const ofResource: ResourceTest[] = [
    ...(environment ? [({ environment: one }: ResourceFacts) => one != null && environment(one)] : []),
    ...byResource,
  ];
  const selects = ({ facts }: Call): readonly ResourceFacts[] =>
    ofResource.length === 0 ? facts.resources : facts.resources.filter((resource) => ofResource.every((test) => test(resource)));
  return {
    selects,
    fits: (call) => {
      if (!tests.every((test) => test(call.facts))) return false;
      if (ofResource.length === 0) return true;
      // Calls without a resource can still be about an environment: that of what they will make.
      if (call.facts.resources.length === 0) return !match.resources && [...call.environments].some((one) => environment!(one));
      return call.facts.resources.some((resource) => ofResource.every((test) => test(resource)));
    },
  };
}
