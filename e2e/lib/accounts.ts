import type { BrowserContext, Page } from 'playwright-core';
import { linkIn, type Mailbox } from './mailbox.ts';
import type { Product } from './product.ts';

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** Fills the form in the page that shows it, and sends it. */
export async function fillSignup(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** The link of the next mail that fits, in a tab of its own as mail programs open it. */
export async function openLink(context: BrowserContext, mailbox: Mailbox, address: string, subject: RegExp): Promise<Page> {
  const link = linkIn(await mailbox.read(address, subject));
  const page = await context.newPage();
  await page.goto(link.href);
  return page;
}

/** A confirmed account without an organisation, in the window it was made in; answers the tab that is signed in. */
export async function becomeSomebody(context: BrowserContext, product: Pick<Product, 'url'>, mailbox: Mailbox, person: Person): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${product.url}/signup`);
  await fillSignup(page, person);
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor();
  await page.close();
  const tab = await openLink(context, mailbox, person.email, /^Confirm your address/);
  await tab.getByRole('heading', { name: 'What is your organisation called?' }).waitFor();
  return tab;
}
