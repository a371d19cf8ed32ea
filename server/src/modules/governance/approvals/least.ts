import { eligibleFor, eligibleIn, fewest, leavesOf, satisfied, type Facts, type Tree } from './tree.ts';

/** More combinations than this are not tried: the count is then what the leaves ask for together. */
const TRIES = 5_000;

/** How many of each kind of people, summed up to `left`. */
function* shares(sizes: readonly number[], left: number): Generator<number[]> {
  const [size, ...rest] = sizes;
  if (size === undefined) {
    if (left === 0) yield [];
    return;
  }
  for (let take = Math.min(size, left); take >= 0; take -= 1) for (const more of shares(rest, left - take)) yield [take, ...more];
}

/**
 * How many people have to agree at least, with the people there are: somebody in two groups may stand for both, two groups that share
 * nobody need two. People who may stand for the same leaves are alike, so few combinations have to be tried.
 */
export function leastPeople(tree: Tree, facts: Facts): number {
  const leaves = tree.parts.flatMap((part) => leavesOf(part.need).map((leaf) => ({ who: eligibleFor(leaf, part, facts), count: leaf.count })));
  const kindOf = (person: string): string => `${leaves.map(({ who }) => Number(who.has(person))).join('')}${facts.elsewhere(person)}`;
  const kinds = [...Map.groupBy(eligibleIn(tree, facts), kindOf).values()];
  const most = leaves.reduce((sum, { count }) => sum + count, 0);
  let tries = 0;
  for (let people = fewest(tree); people < most; people += 1)
    for (const share of shares(kinds.map((kind) => kind.length), people)) {
      if ((tries += 1) > TRIES) return most;
      const agreeing = kinds.flatMap((kind, place) => kind.slice(0, share[place]));
      if (satisfied(tree, agreeing.map((by) => ({ by, onBehalfOf: null, linked: [] })), facts)) return people;
    } // prettier-ignore
  return most;
}
