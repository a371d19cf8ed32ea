import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import { secretsCreate } from '#modules/secrets/index.ts';
import { webhooks, webhooksCreate, webhooksUpdate } from './index.ts';

let safe: Safe;
beforeAll(async () => {
  safe = await createSafe({ modules: [webhooks] });
});
afterAll(() => safe.close());

test('who may not use a secret cannot send its value elsewhere by moving a webhook whose headers name it', async () => {
  const olivia = safe.as({ name: 'olivia', roles: ['owner'] });
  const without = safe.as({ name: 'wim', permissions: ['webhooks:*', 'secrets:read'] });
  const { id: secretId } = await safe.done(secretsCreate, { name: 'HOOK_TOKEN', value: 'correct-horse-battery' }, olivia);
  const hook = { name: 'ours', url: 'https://hooks.example.com/', events: ['secret.created'], challenge: false };
  const { id } = await safe.done(webhooksCreate, { ...hook, headers: { Authorization: 'secret://HOOK_TOKEN' } }, olivia);
  const url = 'https://elsewhere.example.net/';

  for (const envelope of [{}, { dryRun: true }, { draft: true }]) {
    const refused = await safe.refused(webhooksUpdate, { id, url }, without, envelope);
    expect([refused.slug, refused.kind.status]).toEqual(['secret-use-forbidden', 403]);
  }
  const denied = await safe.sql('select 1 from secret_access_logs where secret_id = $1 and actor_name = $2 and result = $3', [
    secretId,
    'wim',
    'denied',
  ]);
  expect(denied).toHaveLength(3);
  // What does not move it is free, and so is another address without the header.
  expect(await safe.done(webhooksUpdate, { id, name: 'still ours', url: hook.url }, without)).toMatchObject({ name: 'still ours', url: hook.url });
  expect(await safe.done(webhooksUpdate, { id, url }, olivia)).toMatchObject({ url });
  expect(await safe.done(webhooksUpdate, { id, url: hook.url, headers: {} }, without)).toMatchObject({ url: hook.url });
});
