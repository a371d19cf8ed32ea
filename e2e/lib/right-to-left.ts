import type { Page } from 'playwright-core';
import { picture } from './looks.ts';

/** AS numbers, addresses and prefixes, and the ids of nodes and networks. */
const IDENTIFIER = String.raw`\bAS\d{2,}|\b[\da-f]{1,4}(?::[\da-f]{0,4}){2,}(?:/\d+)?|\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?|\b(?:[\da-f]{16}|[\da-f]{10})\b`;
/** What the page itself says of its texts, elements with their own text nodes; out of sight are pictures and what only screen readers have. */
const UNSEEN = 'svg, .sr-only, [data-sonner-toaster]';
const WIDTHS = [1_280, 640];

/** Identifiers of which a letter stands left of the one before it. Runs in the page, as all of these. */
function backwards([identifier, unseen]: readonly [string, string]): string[] {
  const range = document.createRange();
  const lookAt = (element: Element): string[] => {
    const nodes = [...element.childNodes].filter((node) => node instanceof Text);
    if (nodes.length === 0 || !element.checkVisibility({ visibilityProperty: true }) || element.closest(unseen)) return [];
    // React writes what it fills in as a text of its own.
    const places = nodes.flatMap((node) => [...node.data].map((_, at) => [node, at] as const));
    const boxes = (from: number, length: number): DOMRect[] =>
      places.slice(from, from + length).map(([node, at]) => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      });
    const isWrong = ({ left, top }: DOMRect, at: number, all: DOMRect[]): boolean =>
      at > 0 && Math.abs(top - all[at - 1]!.top) < 2 && left < all[at - 1]!.left - 0.5;
    const found = [
      ...nodes
        .map(({ data }) => data)
        .join('')
        .matchAll(new RegExp(identifier, 'g')),
    ];
    return found.filter(({ 0: word, index }) => boxes(index, word.length).some(isWrong)).map(([word]) => `${word} does not read from left to right`);
  };
  return [...document.body.querySelectorAll('*')].flatMap(lookAt);
}

/** Texts that stand on one another, as far as what is around them lets them be seen. */
function overlapping(unseen: string): string[] {
  type Box = Record<'left' | 'right' | 'top' | 'bottom', number>;
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isAny = ({ left, right, top, bottom }: Box): boolean => right - left > 1 && bottom - top > 1;
  const windowOf = (element: Element | null): Box =>
    element === null
      ? { left: 0, right: innerWidth, top: 0, bottom: Infinity }
      : getComputedStyle(element).overflow === 'visible'
        ? windowOf(element.parentElement)
        : meet(element.getBoundingClientRect(), windowOf(element.parentElement));
  const range = document.createRange();
  const boxesOf = (element: Element): Box[] => {
    const nodes = [...element.childNodes].filter((node) => node instanceof Text && node.data.trim() !== '');
    if (nodes.length === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest(unseen)) return [];
    const rects = nodes.flatMap((node) => {
      range.selectNode(node);
      return [...range.getClientRects()];
    });
    // Letters are less high than their lines.
    const around = windowOf(element);
    return rects.map((box) => meet(around, { left: box.left + 1, right: box.right - 1, top: box.top + 2, bottom: box.bottom - 2 })).filter(isAny);
  };
  const texts = [...document.body.querySelectorAll('*')].map((element) => [element.textContent, boxesOf(element)] as const);
  return texts
    .filter(([, boxes]) => boxes.length > 0)
    .flatMap(([said, boxes], at, all) =>
      all
        .slice(at + 1)
        .filter(([, others]) => boxes.some((box) => others.some((other) => isAny(meet(box, other)))))
        .map(([other]) => `“${said}” and “${other}” overlap`),
    );
}

/** Which language the page is in, and whether it keeps to its window. */
function wrongAsAWhole(): string[] {
  const { scrollWidth, clientWidth, dir, lang } = document.documentElement;
  return [
    ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px wider than the window`] : []),
    ...(dir === 'rtl' && lang === 'he' ? [] : [`it is ${lang}, ${dir}`]),
    ...(/[א-ת]/.test(document.querySelector('main')!.textContent) ? [] : ['nothing of it is Hebrew']),
  ];
}

declare const __TSR_ROUTER__: {
  history: { push: (to: string) => void };
  state: { status: string; location: { href: string }; resolvedLocation?: { href: string } };
};
/** As a link within does, which is over sooner than by the address. */
async function within(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => __TSR_ROUTER__.history.push(to), path);
  await page.waitForFunction(() => {
    const { status, location, resolvedLocation } = __TSR_ROUTER__.state;
    return status === 'idle' && resolvedLocation?.href === location.href;
  });
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"], main .animate-pulse').length === 0);
}

/** Goes to each of the pages in Hebrew, chosen in the shell, and says what is wrong with them. */
export async function hebrewFaults(page: Page, name: RegExp, paths: readonly string[]): Promise<string[]> {
  await page.getByRole('button', { name }).press('Enter');
  await page.getByRole('menuitem', { name: 'Language' }).press('ArrowRight');
  await page.getByRole('menuitemradio', { name: 'עברית' }).press('Enter');
  await page.locator('html[dir="rtl"]').waitFor();
  const found: string[] = [];
  for (const path of paths) {
    await within(page, path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const wrong = [
        ...(await page.evaluate(wrongAsAWhole)),
        ...(await page.evaluate(backwards, [IDENTIFIER, UNSEEN] as const)),
        ...(await page.evaluate(overlapping, UNSEEN)),
      ];
      found.push(...wrong.map((fault) => `${path} at ${width} px: ${fault}`));
      if (path === '/exchange/fabrics/fra' && width === WIDTHS[0]) await picture(page, 'exchange-fabric-hebrew');
    }
  }
  return found;
}
