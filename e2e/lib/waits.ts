import type { Locator } from 'playwright-core';
import { settles } from './browser.ts';

/** The control is off, once the page knows that it is. */
export const isOff = (control: Locator): Promise<void> => control.and(control.page().locator(':disabled, [aria-disabled="true"]')).waitFor();

/** The field holds just that, once the page has filled it in. */
export const holds = async (field: Locator, text: string): Promise<void> =>
  void (await settles(() => field.inputValue(), (now) => now === text, `it does not hold “${text}”`)); // prettier-ignore

/** There are so many, once the page has all of them. */
export const counts = async (all: Locator, wanted: number): Promise<void> =>
  void (await settles(() => all.count(), (now) => now === wanted, `there are not ${wanted}`)); // prettier-ignore
