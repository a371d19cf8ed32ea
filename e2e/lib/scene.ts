import { afterEach } from 'node:test';
import type { BrowserContext } from 'playwright-core';

/** Windows that are open, each with the last calls that were refused or had no answer. */
const open = new Map<BrowserContext, string[]>();
const LAST = 12;

/** From now on what this window shows is told when a test fails while it is open: what somebody would have seen who had stood beside it. */
export function witness(context: BrowserContext): void {
  const calls: string[] = [];
  const note = (line: string): void => void (calls.push(`${new Date().toISOString().slice(11, 23)} ${line}`), calls.splice(0, calls.length - LAST));
  open.set(context, calls);
  context.on('close', () => open.delete(context));
  context.on('requestfailed', (request) => note(`${request.method()} ${new URL(request.url()).pathname}: ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    const how = response.request().method();
    if (how !== 'GET' || !response.ok()) note(`${how} ${new URL(response.url()).pathname}: ${response.status()}`);
  });
}

async function tell(context: BrowserContext, calls: readonly string[]): Promise<string> {
  const pages = context.pages().map(async (page) => {
    const { pathname } = new URL(page.url());
    const text = await page.locator('body').innerText({ timeout: 2_000 }).catch((error: Error) => error.message); // prettier-ignore
    const fields = await page
      .locator('input:visible')
      .evaluateAll((all) =>
        all.map((field) => `${(field as HTMLInputElement).name || field.id}: ${(field as HTMLInputElement).value.length} characters`),
      )
      .catch(() => []);
    return [`at ${pathname}`, text.replaceAll(/\s*\n\s*/g, ' | ').slice(0, 1_500), ...fields].join('\n    ');
  });
  return [...(await Promise.all(pages)), ...calls].join('\n    ');
}

// A hook is told more than its type says: the test that has just ended.
afterEach(async (context) => {
  const { name, passed } = context as unknown as { name: string; passed: boolean };
  if (passed) return;
  for (const [window, calls] of open) process.stdout.write(`# window open when "${name}" failed, at ${new Date().toISOString().slice(11, 23)}\n    ${await tell(window, calls)}\n`);
}); // prettier-ignore
