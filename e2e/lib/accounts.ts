import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { enterPassword, heading, isAccessible, onDashboard, press } from './browser.ts';
import { lookAround } from './looks.ts';
import { linkIn, type Mailbox } from './mailbox.ts';
import type { Product } from './product.ts';

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** A picture, as small as they come. */
export const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

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

/** Invites one person in the step of the onboarding that is shown. */
export async function inviteTo(page: Page, email: string, role: RegExp): Promise<void> {
  await page.getByLabel('Email addresses').fill(email);
  await page.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: role }).click();
  await lookAround(page, 'onboarding-team');
  await press(page, 'Send 1 invitation');
  await page.getByRole('list', { name: 'Invitations' }).getByText('Invited').waitFor();
}

/** From the page of an invitation to the dashboard, with an account that is made on the way: the token proves the address. */
export async function joinAsNewcomer(page: Page, product: Pick<Product, 'url'>, person: Person, tenant: string, role: string): Promise<void> {
  await heading(page, `Join ${tenant}`).waitFor();
  await page.getByText(role, { exact: true }).waitFor();
  assert.doesNotMatch(page.url(), /token/, 'the token is out of the address');
  await lookAround(page, 'invitation');
  await page.getByRole('link', { name: 'Create an account to join' }).click();
  await page.getByText(`You are invited to ${tenant}`).waitFor();
  await isAccessible(page);
  await fillSignup(page, person);
  await page.getByText('Your address is confirmed.').waitFor();
  await enterPassword(page, product, person);
  await onDashboard(page);
}

/** Agrees to a Change in the window of whoever may, and waits until it is carried out. */
export async function approveIn(page: Page, product: Pick<Product, 'url'>, change: string): Promise<void> {
  await page.goto(`${product.url}/changes/${change}`);
  await page
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.waitFor();
  await isAccessible(page);
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Succeeded', { exact: true }).first().waitFor();
}
