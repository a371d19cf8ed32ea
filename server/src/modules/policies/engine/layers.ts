import type { CompiledPolicy, CompiledSet } from './compile.ts';
import type { EngineFacts, Exemption } from './facts.ts';
import { LAYERS, type Layer } from './types.ts';

const depth = (layer: Layer): number => LAYERS.indexOf(layer);

/** Sets that hold for the caller, in an order that does not depend on the one they were given in. */
export function setsFor(sets: readonly CompiledSet[], { user }: EngineFacts): CompiledSet[] {
  return sets
    .filter(({ team }) => team === undefined || user.teams.includes(team))
    .sort(
      (a, b) =>
        depth(a.layer) - depth(b.layer) || (a.set.name < b.set.name ? -1 : a.set.name > b.set.name ? 1 : 0) || (a.version < b.version ? -1 : 1),
    );
}

/**
 * The rules of a set that bind beside all others. Only what says that it is `overridable` gives way, and only to a rule of the same id
 * in a set further in, whatever that one says (also when it is switched off there).
 */
export function bindingRules(one: CompiledSet, sets: readonly CompiledSet[]): readonly CompiledPolicy[] {
  if (!one.set.overridable) return one.policies;
  const inner = sets.filter(({ layer }) => depth(layer) > depth(one.layer)).flatMap(({ set }) => set.policies.map(({ id }) => id));
  return inner.length === 0 ? one.policies : one.policies.filter(({ policy }) => !inner.includes(policy.id));
}

const covers = (exemption: Exemption, rule: string, { user, resources }: EngineFacts): boolean =>
  exemption.policies.some((name) => name === rule || name === rule.slice(rule.indexOf('/') + 1)) &&
  (exemption.users?.includes(user.id) ?? true) &&
  (!exemption.resources || (resources.length > 0 && resources.every(({ id }) => exemption.resources!.includes(id))));

/** The exemption that takes a call out of a rule, if one does; its last moment is the one before `until`. */
export function exemptionFrom({ set }: CompiledSet, { rule }: CompiledPolicy, facts: EngineFacts): Exemption | undefined {
  if (!set.overridable) return undefined;
  const now = Date.parse(facts.now);
  return facts.exemptions?.filter((one) => now < Date.parse(one.until) && covers(one, rule, facts)).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
