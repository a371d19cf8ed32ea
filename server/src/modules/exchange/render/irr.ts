export const IRR_MODES = ['off', 'tag', 'enforce'] as const;
export type IrrMode = (typeof IRR_MODES)[number];

/** A prefix with the lengths of those below it that are meant too, itself included where `ge` is its own length. */
export interface IrrPrefix {
  prefix: string;
  ge: number;
  le: number;
}
/** What routing registries say that a network may announce, and who may be the origin. */
export interface IrrSets {
  origins: readonly number[];
  v4: readonly IrrPrefix[];
  v6: readonly IrrPrefix[];
}

/** What becomes of a route that no registry has: refused with its reason (9: prefix, 10: origin), or marked. */
export const irrText = (mode: Exclude<IrrMode, 'off'>): string =>
  mode === 'enforce'
    ? 'function sy_irr_no(int why) { return sy_deny(why); }'
    : 'function sy_irr_no(int why) { bgp_large_community.add((RS_AS, 1001, 2)); return true; }';

const setOf = (list: readonly IrrPrefix[]): string => `[ ${list.map(({ prefix, ge, le }) => `${prefix}{${ge},${le}}`).join(', ')} ]`;
/** A set of none is no set to BIRD. */
const within = (list: readonly IrrPrefix[]): string =>
  list.length === 0 ? 'return sy_irr_no(9);' : `if !(net ~ ${setOf(list)}) then return sy_irr_no(9);`;

/** In one line, so that whatever changes in it is one line that changed: filters are run again, and no session restarts. */
export function peerIrrText(name: string, sets: IrrSets | undefined, mode: Exclude<IrrMode, 'off'>): string {
  const head = `function sy_irr_${name}() {`;
  // Nothing is known: that is refused where only what is known may pass, and not marked as anything elsewhere.
  if (!sets) return `${head} ${mode === 'enforce' ? 'return sy_irr_no(9);' : 'return true;'} }\n`;
  const origin = sets.origins.length === 0 ? 'return sy_irr_no(10);' : `if !(bgp_path.last_nonaggregated ~ [ ${sets.origins.join(', ')} ]) then return sy_irr_no(10);`;
  const marked = sets.origins.length === 0 ? '' : ' bgp_large_community.add((RS_AS, 1001, 1)); return true;';
  return `${head} if net.type = NET_IP4 then { ${within(sets.v4)} } else { ${within(sets.v6)} } ${origin}${marked} }\n`;
} // prettier-ignore
