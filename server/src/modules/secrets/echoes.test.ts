import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloudsGet, cloudsRevalidate } from '#modules/clouds/index.ts';
import type { Person } from '#test/world.ts';
import { secretWorld, type SecretWorld } from './testing.ts';

let world: SecretWorld;
let ann: Person;
let reader: Person;
beforeAll(async () => {
  world = await secretWorld();
  ann = world.as({ name: 'ann' });
  reader = world.as({ name: 'nora', permissions: ['clouds:*', 'secrets:read'] });
});
afterAll(() => world.end());

test('a server that repeats what it was sent tells nobody, neither at once nor later', async () => {
  const secret = await world.store(ann, { value: 'cmVwZWF0ZWQta2V5' });
  world.takes.add('cmVwZWF0ZWQta2V5');
  const { id } = await world.connect(ann, `secret://${secret.name}`);
  world.takes.delete('cmVwZWF0ZWQta2V5');
  const answer = await world.done(cloudsRevalidate, { id }, reader);
  expect(answer.checks).toMatchObject([{ ok: false, detail: `BADSIG with [secret:${secret.name}]` }]);
  const shown = await world.done(cloudsGet, { id }, reader);
  expect(shown.status).not.toBe('active');
  expect(JSON.stringify([answer, shown])).not.toContain('cmVwZWF0ZWQta2V5');
});

test('nor is a credential told that the connection holds itself', async () => {
  world.takes.add('b2YtaXRzLW93bg==');
  const { id } = await world.connect(ann, 'b2YtaXRzLW93bg==');
  world.takes.delete('b2YtaXRzLW93bg==');
  const { checks } = await world.done(cloudsRevalidate, { id }, reader);
  expect(checks).toMatchObject([{ ok: false, detail: expect.stringMatching(/^BADSIG with \[secret:ns-\w+\/tsigSecret\]$/) }]);
});
