import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ManifestOperation } from '#lib/schema.ts';
import { closeOperation, openOperation } from './open.ts';
import { OperationDrawer } from './operation-drawer.tsx';

const resize: ManifestOperation = {
  name: 'servers.resize',
  summary: 'Resize a server',
  group: 'clouds',
  risk: 'high',
  permission: 'servers:resize',
  method: 'POST',
  path: '/api/v1/servers/{id}/resize',
  command: ['servers', 'resize'],
  change: true,
  input: {
    type: 'object',
    properties: { id: { type: 'string', title: 'Server' }, size: { type: 'string', title: 'Size' } },
    required: ['id', 'size'],
  },
};
const plan = {
  summary: 'Resize web-1 to std-4',
  steps: [],
  changes: [{ action: 'update', type: 'server', name: 'web-1', fields: [{ path: 'size', before: 'std-2', after: 'std-4' }] }],
  downtime: { kind: 'restart', seconds: 30 },
  dataLoss: null,
  reversible: 'Resize back',
  cost: { before: { amount: 800, currency: 'EUR' }, after: { amount: 1600, currency: 'EUR' }, exact: true },
  quota: [],
  warnings: ['web-1 is not reachable meanwhile'],
  facts: {},
  observed: {},
};
const preview = {
  plan,
  risk: 'high',
  planHash: 'h',
  requirements: [
    { rule: 'high-risk', text: 'An operation of high risk needs one approval by someone else.', need: { who: 'scopeApprovers', count: 1 } },
  ],
};
const change = { id: 'c1', number: 'CHG-7', state: 'awaiting_approval', operation: 'servers.resize' };
type Call = [url: string, init: RequestInit];

/** Answers by path; what is not expected is a test's own fault. */
function serve(answers: Record<string, [status: number, body: unknown]>) {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>((url) => {
    const [status, body] = answers[url.replace('/api/v1', '')] ?? [404, { type: 'x/not-found', title: 'Not found', status: 404 }];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  vi.stubGlobal('fetch', fetch);
  return (path: string): Call[] => fetch.mock.calls.filter(([url]) => url === `/api/v1${path}`);
}
function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['manifest'], { operations: [resize] });
  const router = createRouter({ routeTree: createRootRoute({ component: OperationDrawer }), history: createMemoryHistory() });
  render(
    <QueryClientProvider client={client}>
      {/* The application's router is registered as the one type; this one only carries links. */}
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

afterEach(() => {
  closeOperation();
  vi.unstubAllGlobals();
});

test('an operation is filled in, looked at, and only then asked for, once', async () => {
  const calls = serve({
    '/servers/s1/resize?dryRun=true': [200, preview],
    '/servers/s1/resize': [202, { change }],
    '/changes/CHG-7': [200, { ...change, approval: null, job: null, problem: null }],
  });
  openOperation({ name: 'servers.resize', input: { id: 's1' } });
  show();
  await screen.findByRole('button', { name: 'Preview plan' });
  press('Preview plan');
  expect(screen.getByText('This is needed.')).toBeTruthy();
  expect(calls('/servers/s1/resize?dryRun=true')).toHaveLength(0);

  fireEvent.change(screen.getByLabelText('Size'), { target: { value: 'std-4' } });
  fireEvent.change(screen.getByLabelText('Comment'), { target: { value: 'More load' } });
  press('Preview plan');
  expect(await screen.findByText('web-1 is not reachable meanwhile')).toBeTruthy();
  expect(screen.getByText('An operation of high risk needs one approval by someone else.')).toBeTruthy();
  expect(screen.getByText('+€8.00')).toBeTruthy();
  expect(calls('/servers/s1/resize')).toHaveLength(0);

  press('Ask for approval');
  expect(await screen.findByText('CHG-7 waits for approval')).toBeTruthy();
  const [[, init]] = calls('/servers/s1/resize') as [Call];
  expect(JSON.parse(init.body as string)).toEqual({ size: 'std-4' });
  expect(init.headers).toMatchObject({ 'x-switchyard-comment': 'More%20load', 'idempotency-key': expect.any(String) as string });
});

test('what the server refuses comes back to the field, and pressing again after a lost answer carries the same key', async () => {
  const refusal = {
    type: 'https://switchyard.dev/problems/validation-failed',
    title: 'Input not valid',
    status: 422,
    detail: 'no',
    errors: [{ pointer: '/size', message: 'No such size' }],
  };
  serve({ '/servers/s1/resize?dryRun=true': [422, refusal] });
  openOperation({ name: 'servers.resize', input: { id: 's1', size: 'huge' } });
  show();
  await screen.findByRole('button', { name: 'Preview plan' });
  press('Preview plan');
  expect(await screen.findByText('No such size')).toBeTruthy();
  expect(screen.getByLabelText('Size').getAttribute('aria-invalid')).toBe('true');

  const calls = serve({
    '/servers/s1/resize?dryRun=true': [200, preview],
    '/servers/s1/resize': [503, { type: 'x/dependency-unavailable', title: 'Part of the system is down', status: 503 }],
  });
  press('Preview plan');
  await screen.findByRole('button', { name: 'Ask for approval' });
  press('Ask for approval');
  await screen.findByText('Part of the system is down');
  press('Ask for approval');
  await waitFor(() => expect(calls('/servers/s1/resize')).toHaveLength(2));
  const keys = calls('/servers/s1/resize').map(([, { headers }]) => (headers as Record<string, string>)['idempotency-key']);
  expect(keys[0]).toBe(keys[1]);
});
