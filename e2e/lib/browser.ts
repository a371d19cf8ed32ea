import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import type { Login, Product } from './product.ts';
import { witness } from './scene.ts';

const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
export const chromiumIsThere = (): boolean => CHROMIUM !== undefined;

/** The network of a test machine may be closed: nothing but the page itself is to be asked for. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Documents live for seconds: compiling their scripts well takes longer than they run, and so do threads that collect their garbage.
  // Axe takes a third less.
  '--js-flags=--no-maglev,--no-turbofan,--always-sparkplug,--single-threaded-gc,--min-semi-space-size=16',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM!, args: QUIET });

export interface Look {
  width?: number;
  height?: number;
  dark?: boolean;
}

/** A window of its own, so that people do not share cookies. What its pages throw is kept for whoever asks. */
export async function openWindow(
  browser: Browser,
  { width = 1440, height = 900, dark = false }: Look = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  // A machine with more to do may stand still for a while; whatever is there sooner is seen sooner.
  context.setDefaultTimeout(60_000);
  witness(context);
  const page = await context.newPage();
  const faults: string[] = [];
  // Also those of tabs that links open.
  context.on('weberror', (error) => faults.push(error.error().message));
  return { context, page, faults };
}

/** The one heading that names a page. */
export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name, level: 1 });
export const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Address, then password, and sends them; what follows is for the caller to see. */
export async function enterPassword(
  page: Page,
  { url }: Pick<Product, 'url'>,
  { email, password }: Pick<Login, 'email' | 'password'>,
): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  // The field is there before, out of sight, for password managers.
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The shell with the first page in it. */
export const onDashboard = (page: Page): Promise<void> => heading(page, 'Dashboard').waitFor();

/** A session in the login's tenant, and a page of theirs; the first one when left out. By a call: the page for it is walked by journeys of its own. */
export async function signIn(
  page: Page,
  { url }: Pick<Product, 'url'>,
  { email, password, tenant }: Pick<Login, 'email' | 'password' | 'tenant'>,
  at?: string,
): Promise<void> {
  const data = { email, password, tenant, tokenType: 'cookie' };
  const answer = await page.context().request.post(`${url}/api/v1/auth/login`, { data, headers: { Origin: url } });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
  await page.goto(`${url}${at ?? ''}`);
  if (at === undefined) await onDashboard(page);
}

/** Where a journey opens windows, and keeps what their pages throw. */
interface Walk {
  browser: Browser;
  product: Pick<Product, 'url'>;
  faults: string[][];
}
/** A window of its own for somebody who is signed in, `at` a page of theirs. */
export async function windowFor({ browser, product, faults }: Walk, login: Login, { at, ...look }: Look & { at?: string } = {}): Promise<Page> {
  const opened = await openWindow(browser, look);
  faults.push(opened.faults);
  await signIn(opened.page, product, login, at);
  return opened.page;
}

/** What one call answers that the page makes with its own cookie, past what it offers: the server is what refuses. */
export const byHand = (page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; body: string; headers: string }> =>
  page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(`/api/v1${where}`, {
        method: how,
        ...(what === null ? {} : { headers: { 'Content-Type': 'application/json' }, body: what }),
      });
      return { status: answer.status, body: await answer.text(), headers: JSON.stringify([...answer.headers]) };
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );

/** Ends the session of a window behind its pages, which are closed first: they would lead to the sign-in page by themselves. */
export async function leave(page: Page, { url }: Pick<Product, 'url'>): Promise<void> {
  await page.goto('about:blank');
  const answer = await page.context().request.post(`${url}/api/v1/auth/logout`, { data: {}, headers: { Origin: url } });
  if (!answer.ok()) throw new Error(`signing out answered ${answer.status()}: ${await answer.text()}`);
}

/** Reads again until it is as it should be: a page says what it knows when it knows it. Fails with what it was last, after half a minute. */
export async function settles<T>(read: () => Promise<T>, good: (value: T) => boolean, what: string): Promise<T> {
  for (const end = Date.now() + 30_000; ;) {
    const value = await read();
    if (good(value)) return value;
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(value).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Where something is once it stands still: the same at two looks one after the other. */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let before = '';
  const box = await settles(
    () => locator.boundingBox(),
    (now) => {
      const last = before;
      before = JSON.stringify(now);
      return now !== null && last === before;
    },
    'it never stood still',
  );
  return box!;
}

/** Fails with what axe finds on the page as it stands. */
export async function isAccessible(page: Page): Promise<void> {
  const faults = await axeFaults(page);
  if (faults.length > 0) throw new Error(`axe on ${page.url()}:\n${faults.join('\n')}`);
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that look at colours: all that can differ between day and night, where nothing else of the page changes. They take half of the time. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const RULES = {
  all: { runOnly: WCAG },
  colours: { runOnly: { type: 'rule', values: OF_COLOUR } },
  /** On a phone everything has another place, and the colours of the desk. */
  'but colours': { runOnly: WCAG, rules: Object.fromEntries(OF_COLOUR.map((rule) => [rule, { enabled: false }])) },
} as const;
export type Rules = keyof typeof RULES;

/** What axe finds against WCAG 2.2 AA on the page as it stands: one line each. */
export async function axeFaults(page: Page, rules: Rules = 'all'): Promise<string[]> {
  // Once in a document, however often it is looked at.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axeSource);
  return page.evaluate(async (options) => {
    const { axe } = globalThis as never as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // What passes is not told, nor a selector made for what does not: telling takes longer than finding.
    const { violations } = await axe.run({ ...options, resultTypes: ['violations'], selectors: false });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 200))
          .slice(0, 3)
          .join(' | ')}`,
    );
  }, RULES[rules]);
}
