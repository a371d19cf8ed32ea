import { t, hasText } from '#lib/i18n.ts';
import { words } from '#lib/formats.ts';
import { match } from '#lib/match.ts';
import type { Seed } from '../graph/acts.ts';
import { operationSeed, seedOf } from '../state/make-types.ts';
import type { Types } from '../state/types-of.ts';

/** Kind of data that a drag from the palette carries. */
export const DRAGGED = 'application/x-switchyard-node';

/** What the palette can add: a type, or an Operation as a preset of the type `operation`. */
export interface Offer {
  /** `type:delay` or `operation:servers.create`. */
  name: string;
  label: string;
  summary: string;
  icon: string;
  category: string;
  allowed: boolean;
  /** The permission that is missing. */
  missing: string | null;
}

export function offersOf({ all, operations }: Types): Offer[] {
  const types = all.map(({ type, label, summary, icon, category, allowed, missing }) => ({ name: `type:${type}`, label, summary, icon, category, allowed, missing: missing ?? null })); // prettier-ignore
  const steps = operations.map(({ name, summary, group, allowed, missing, risk }) => ({
    name: `operation:${name}`,
    label: summary,
    summary: name,
    icon: risk === 'read' ? 'search' : risk === 'high' ? 'shield' : 'zap',
    category: `op:${group}`,
    allowed,
    missing: missing ?? null,
  }));
  return [...types, ...steps];
}

export function seedFrom(types: Types, name: string): Seed | null {
  const [kind, what = ''] = name.split(/:(.*)/s);
  if (kind === 'operation') {
    const operation = types.operation(what);
    return operation ? operationSeed(operation, types.of('operation')) : null;
  }
  const type = types.of(what);
  return type ? seedOf(type) : null;
}

export interface Shelf {
  name: string;
  label: string;
  offers: readonly Offer[];
}
const CATEGORIES = ['orchestration', 'flow', 'integration', 'operations', 'ai', 'layout'];
const labelOf = (category: string): string => {
  if (category.startsWith('op:')) return words(category.slice(3));
  const key = `builder.category.${category}`;
  return hasText(key) ? t(key) : words(category);
};

/** Offers in shelves: what one likes and used last, then by category, Operations by their module. With a search, what fits it. */
export function shelvesOf(offers: readonly Offer[], text: string, favourites: readonly string[], recent: readonly string[]): Shelf[] {
  const found = text.trim() === '' ? offers : offers.filter(({ label, summary, name }) => match(label, text, [summary, name]) > 0);
  const named = (name: string, label: string, wanted: readonly string[]): Shelf => ({
    name,
    label,
    offers: wanted.flatMap((one) => found.find((offer) => offer.name === one) ?? []),
  });
  const byCategory = Map.groupBy(found, ({ category }) => category);
  const rank = (category: string): number => (CATEGORIES.includes(category) ? CATEGORIES.indexOf(category) : CATEGORIES.length);
  const categories = [...byCategory.keys()].sort((a, b) => rank(a) - rank(b) || labelOf(a).localeCompare(labelOf(b)));
  const own = text.trim() === '' ? [named('favourites', t('builder.palette.favourites'), favourites), named('recent', t('builder.palette.recent'), recent)] : []; // prettier-ignore
  return [...own, ...categories.map((category) => ({ name: category, label: labelOf(category), offers: byCategory.get(category)! }))].filter((shelf) => shelf.offers.length > 0); // prettier-ignore
}
