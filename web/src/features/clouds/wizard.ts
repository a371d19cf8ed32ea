import { STEPS, type Step } from './wizard-step.ts';
import type { MessageKey } from '#lib/i18n.ts';
import { parseLabels } from './labels.ts';
import type { Catalog, Image, Size } from './types.ts';

export { STEPS, type Step };

/** A server as wished for so far. */
export interface Draft {
  connectionId: string;
  region: string;
  image: string;
  size: string;
  name: string;
  count: number;
  labels: string;
  /** Empty: that of the connection. */
  environment: string;
  /** null: as the environment has it. */
  protect: boolean | null;
  start: boolean;
  description: string;
}
export const EMPTY: Draft = {
  connectionId: '',
  region: '',
  image: '',
  size: '',
  name: '',
  count: 1,
  labels: '',
  environment: '',
  protect: null,
  start: true,
  description: '',
};
export const MOST_AT_ONCE = 50;

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const ENVIRONMENT = /^[a-z][a-z0-9-]{0,30}$/;

const isOver = (endsAt: string | null, now: number): boolean => endsAt !== null && Date.parse(endsAt) <= now;
export const sizesIn = (catalog: Catalog, region: string, now: number): Size[] =>
  catalog.sizes.filter((size) => size.regions.includes(region) && !isOver(size.endsAt, now));
export const imagesIn = (catalog: Catalog, now: number): Image[] => catalog.images.filter((image) => !isOver(image.endsAt, now));

/** Why a size cannot carry the image, or null. */
export function misfit(size: Size, image: Image | undefined): 'architecture' | 'disk' | null {
  if (!image) return null;
  if (size.architecture !== image.architecture) return 'architecture';
  return size.diskGb < image.minDiskGb ? 'disk' : null;
}

/** What was chosen before and does not go with what is chosen now is taken back, so that no draft contradicts itself. */
export function settle(draft: Draft, catalog: Catalog, now: number): Draft {
  const region = catalog.regions.some(({ id }) => id === draft.region) ? draft.region : catalog.regions.length === 1 ? catalog.regions[0]!.id : '';
  const image = imagesIn(catalog, now).find(({ id }) => id === draft.image);
  const size = sizesIn(catalog, region, now).find(({ id }) => id === draft.size);
  return { ...draft, region, image: image?.id ?? '', size: size && !misfit(size, image) ? size.id : '' };
}

export type WizardAction = { type: 'set'; patch: Partial<Draft> } | { type: 'catalog'; catalog: Catalog; now: number };
export interface WizardState {
  draft: Draft;
  catalog: Catalog | null;
  now: number;
}
export const BEGIN: WizardState = { draft: EMPTY, catalog: null, now: 0 };

export function wizard(state: WizardState, action: WizardAction): WizardState {
  if (action.type === 'catalog') {
    const { catalog, now } = action;
    return { draft: settle(state.draft, catalog, now), catalog, now };
  }
  const draft = { ...state.draft, ...action.patch };
  // Another connection sells other things: wait for its catalogue.
  if (draft.connectionId !== state.draft.connectionId) return { ...state, draft, catalog: null };
  return { ...state, draft: state.catalog ? settle(draft, state.catalog, state.now) : draft };
}

/** `web-{n}` for several; without the mark the number is put at the end. */
export const patternOf = (name: string): string => (name.includes('{n}') ? name : `${name}-{n}`);
export const namesOf = ({ name, count }: Pick<Draft, 'name' | 'count'>): string[] =>
  count === 1 ? [name] : Array.from({ length: count }, (_, i) => patternOf(name).replace('{n}', String(i + 1)));

type Faults = Partial<Record<keyof Draft, MessageKey>>;

const placeFaults = ({ connectionId, region }: Draft): Faults => ({
  ...(connectionId ? {} : { connectionId: 'newServer.need.connection' }),
  ...(region ? {} : { region: 'newServer.need.region' }),
});
function nameFault(draft: Draft): MessageKey | null {
  if (!draft.name) return 'newServer.need.name';
  return namesOf(draft).every((name) => NAME.test(name)) ? null : 'newServer.bad.name';
}
const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= MOST_AT_ONCE;
function detailFaults(draft: Draft): Faults {
  const count = isCount(draft.count);
  const name = nameFault({ ...draft, count: count ? draft.count : 1 });
  return {
    ...(name ? { name } : {}),
    ...(count ? {} : { count: 'newServer.bad.count' }),
    ...(draft.environment === '' || ENVIRONMENT.test(draft.environment) ? {} : { environment: 'newServer.bad.environment' }),
    ...(parseLabels(draft.labels).fault ? { labels: 'newServer.bad.labels' } : {}),
  };
}
const CHECKS: Record<Step, (draft: Draft) => Faults> = {
  place: placeFaults,
  image: ({ image }) => (image ? {} : { image: 'newServer.need.image' }),
  size: ({ size }) => (size ? {} : { size: 'newServer.need.size' }),
  details: detailFaults,
  review: () => ({}),
};
/** What is missing or wrong at a step, by field. */
export const faultsAt = (step: Step, draft: Draft): Faults => CHECKS[step](draft);
const isDone = (step: Step, draft: Draft): boolean => Object.keys(faultsAt(step, draft)).length === 0;

/** The farthest step that can be shown: all before it are filled in. */
export const reachable = (draft: Draft): Step => STEPS.find((step) => !isDone(step, draft)) ?? 'review';
/** The wished step, or the first one that is not filled in when that comes before. */
export const stepFor = (wanted: Step, draft: Draft): Step => {
  const limit = reachable(draft);
  return STEPS.indexOf(wanted) > STEPS.indexOf(limit) ? limit : wanted;
};

/** The input of `servers.create`. */
export function toInput(draft: Draft): Record<string, unknown> {
  const { connectionId, region, image, size, name, count, environment, protect, start, description } = draft;
  return {
    connectionId,
    region,
    image,
    size,
    ...(count === 1 ? { name } : { namePattern: patternOf(name), count }),
    ...(environment ? { environment } : {}),
    labels: parseLabels(draft.labels).labels,
    ...(protect === null ? {} : { protection: { delete: protect } }),
    start,
    ...(description.trim() ? { description: description.trim() } : {}),
  };
}

/** At which step a field of the input is asked for: where an error of the server belongs. */
export function stepOf(pointer: string): Step {
  const field = pointer.split('/')[1] ?? '';
  if (field === 'connectionId' || field === 'region' || field === 'zone') return 'place';
  if (field === 'image' || field === 'size') return field;
  return 'details';
}
