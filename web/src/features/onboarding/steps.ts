import { STEPS, type Step } from './step.ts';

export { STEPS, type Step };
export const PLANS = ['free', 'basic', 'business', 'enterprise'] as const;
export type PlanKey = (typeof PLANS)[number];

/** What was entered so far, and the organisation once it is made. */
export interface Progress {
  name: string;
  slug: string;
  /** The short name follows the name until somebody types another. */
  slugTyped: boolean;
  plan: PlanKey;
  tenantId: string | null;
  /** The furthest step that was reached. */
  reached: Step;
}
export const BEGIN: Progress = { name: '', slug: '', slugTyped: false, plan: 'business', tenantId: null, reached: 'name' };

/** "Ähre & Söhne GmbH" → "aehre-soehne-gmbh": what a short name may hold (RFC 1035 label). */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');

export const isSlug = (slug: string): boolean => /^[a-z0-9](?:[a-z0-9-]{1,48}[a-z0-9])$/.test(slug);
export const isName = (name: string): boolean => name.trim().length >= 2;

/** The step that can be shown: before the organisation is made only the first two, then only those after them. */
export function stepFor(wanted: Step | undefined, { name, slug, tenantId, reached }: Progress): Step {
  const made = tenantId !== null;
  if (!made) return wanted === 'plan' && isName(name) && isSlug(slug) ? 'plan' : 'name';
  const at = STEPS.indexOf(wanted ?? reached);
  return STEPS[Math.min(Math.max(at, STEPS.indexOf('logo')), Math.max(STEPS.indexOf(reached), STEPS.indexOf('logo')))]!;
}

/** Whether one may go to a step by its number at the top. */
export const isOpen = (step: Step, progress: Progress): boolean => stepFor(step, progress) === step;

const FORM = 1;
const keyOf = (userId: string): string => `switchyard.onboarding.${FORM}.${userId}`;

/** What this person had entered on this device before; a closed window loses nothing. */
export function loadProgress(userId: string): Progress {
  try {
    const value = JSON.parse(localStorage.getItem(keyOf(userId)) ?? 'null') as Partial<Progress> | null;
    return value && STEPS.includes(value.reached as Step) ? { ...BEGIN, ...value } : BEGIN;
  } catch {
    return BEGIN;
  }
}
export const saveProgress = (userId: string, progress: Progress): void => localStorage.setItem(keyOf(userId), JSON.stringify(progress));
export const endProgress = (userId: string): void => localStorage.removeItem(keyOf(userId));

/** The addresses of a text that was typed or pasted: each once, and what is none. "Name <address>" is read as the address. */
export function addressesIn(text: string): { addresses: string[]; wrong: string[] } {
  const parts = text
    .replaceAll(/[^,;\n<]*<([^<>\s]+)>/g, ' $1 ')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const unique = [...new Set(parts.map((part) => part.toLowerCase()))];
  const good = (part: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(part);
  return { addresses: unique.filter(good), wrong: unique.filter((part) => !good(part)) };
}
