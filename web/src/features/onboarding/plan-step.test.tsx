import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { workIn } from '#lib/api.ts';
import { queryClient } from '#lib/query.ts';
import { PlanStep } from './plan-step.tsx';
import { BEGIN } from './steps.ts';

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const away = () => json({ type: 'x/dependency-unavailable', title: 'Away', status: 500 }, 500);
const made = { id: 't2', slug: 'nordnet', name: 'Nordnet' };

/** A server that lets one in two organisations; the header says in which, as in the Gate. `switches` are answered in turn. */
function serverWith(...switches: (() => Response)[]) {
  const keys: (string | undefined)[] = [];
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: Record<string, string> }) => {
    if (url.endsWith('/tenants')) {
      keys.push(headers['idempotency-key']);
      return json(made, 201);
    }
    if (url.endsWith('/auth/switch-tenant')) return (switches.shift() ?? (() => json({})))();
    return json({ actor: { id: 'p' }, tenant: { id: 'any', slug: headers['x-switchyard-tenant'] ?? 'of the session', name: '' }, tenants: [] });
  });
  return keys;
}
const open = () => {
  const onMade = vi.fn<(id: string) => void>();
  render(
    <QueryClientProvider client={queryClient}>
      <PlanStep progress={{ ...BEGIN, name: 'Nordnet', slug: 'nordnet' }} set={() => undefined} onBack={() => undefined} onMade={onMade} />
    </QueryClientProvider>,
  );
  return { onMade, press: () => fireEvent.click(screen.getByRole('button', { name: 'Create organisation' })) };
};
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
  workIn(null);
});

test('whoever works in an organisation already goes on in the one just made', async () => {
  serverWith();
  workIn('acme');
  const { onMade, press } = open();
  press();
  await waitFor(() => expect(onMade.mock.calls[0]?.[0]).toBe('t2'));
  expect(queryClient.getQueryData<{ tenant: { slug: string } }>(['me'])?.tenant.slug).toBe('nordnet');
});

test('after a failure on the way the same wish is sent with the same key, so that nothing is made twice', async () => {
  const keys = serverWith(away);
  const { onMade, press } = open();
  press();
  await screen.findByRole('alert');
  press();
  await waitFor(() => expect(onMade.mock.calls[0]?.[0]).toBe('t2'));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});
