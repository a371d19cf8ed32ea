import { dollarText, millionthsOf } from '#lib/dollars.ts';
import type { Model } from './types.ts';

/** What is said of a model, as it is typed. Prices in dollars for a million tokens; an empty field says nothing. */
export interface ModelDraft {
  label: string;
  context: string;
  input: string;
  output: string;
}
export const NEW_MODEL: ModelDraft = { label: '', context: '', input: '', output: '' };
export const draftOf = ({ label, context, price }: Model): ModelDraft => ({
  label,
  context: context === null ? '' : String(context),
  input: dollarText(price?.input),
  output: dollarText(price?.output),
});

export const isContext = (text: string): boolean => text === '' || (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= 100_000_000);
export const isPrice = (text: string): boolean => millionthsOf(text) !== null;
/** One price without the other cannot be reckoned with. */
export const isHalfPriced = ({ input, output }: ModelDraft): boolean => (input.trim() === '') !== (output.trim() === '');

export const isReady = (draft: ModelDraft): boolean =>
  isContext(draft.context) && isPrice(draft.input) && isPrice(draft.output) && !isHalfPriced(draft);

/** What the server takes, with null for what is left empty. */
export const fieldsOf = ({ label, context, input, output }: ModelDraft) => ({
  ...(label.trim() ? { label: label.trim() } : {}),
  context: context === '' ? null : Number(context),
  price: input.trim() === '' ? null : { input: millionthsOf(input)!, output: millionthsOf(output)! },
});

/** Only what was changed. */
export function changesOf(before: ModelDraft, draft: ModelDraft): Record<string, unknown> {
  const [old, next] = [fieldsOf(before) as Record<string, unknown>, fieldsOf(draft)];
  return Object.fromEntries(Object.entries(next).filter(([field, value]) => JSON.stringify(old[field]) !== JSON.stringify(value)));
}
