import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ReviewDialog, type ReviewDialogProps } from './review-dialog.tsx';

const plan = {
  summary: 'Stop web-1',
  steps: [],
  changes: [],
  downtime: { kind: 'outage', seconds: 4 },
  dataLoss: null,
  reversible: 'Start it again.',
  cost: null,
  quota: [],
  warnings: ['It costs as before.'],
  facts: {},
  observed: {},
};
const rule = { rule: 'production', text: 'A write in prod needs one approval.', need: { who: 'scopeApprovers', count: 1 } };
const accepted = { change: { id: 'c', number: 'CHG-7', state: 'awaiting_approval', operation: 'servers.stop' } };

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
}
const json = (body: unknown, status: number) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
/** A server that answers plans with `preview` and everything else with what `acts` says, in turn. */
function serverWith(preview: unknown, ...acts: (() => Response | Promise<Response>)[]) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    sent.push({ method, url, headers });
    return url.includes('dryRun=true') ? json(preview, 200) : (acts.shift() ?? (() => json(accepted, 202)))();
  });
  return { sent, made: () => sent.filter(({ url }) => !url.includes('dryRun')) };
}
const open = (props: Partial<ReviewDialogProps<unknown>> = {}) => {
  const onOutcome = vi.fn<(outcome: unknown) => void>();
  const onClose = vi.fn<() => void>();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const call = { method: 'POST', path: '/servers/s/actions/stop', body: {} } as const;
  const dialog = (more: Partial<ReviewDialogProps<unknown>>) => (
    <QueryClientProvider client={client}>
      <ReviewDialog title="Stop web-1?" call={call} action="Stop" touched={['/servers']} onClose={onClose} onOutcome={onOutcome} {...more} />
    </QueryClientProvider>
  );
  const { rerender } = render(dialog(props));
  return { onOutcome, onClose, change: (more: Partial<ReviewDialogProps<unknown>>) => rerender(dialog(more)) };
};
const button = (name: string) => screen.findByRole('button', { name });
afterEach(() => vi.unstubAllGlobals());

test('only the plan is asked for until one confirms, and then exactly one call is made, with the reason', async () => {
  const { sent, made } = serverWith({ plan, risk: 'high', planHash: 'h', requirements: [rule] });
  const { onOutcome, onClose } = open();
  expect(await screen.findByText('A write in prod needs one approval.')).toBeTruthy();
  expect(screen.getByText('It costs as before.')).toBeTruthy();
  expect(sent.map(({ url }) => url)).toEqual(['/api/v1/servers/s/actions/stop?dryRun=true']);

  fireEvent.change(screen.getByLabelText(/Comment/), { target: { value: 'Größe prüfen' } });
  const ask = await button('Ask for approval');
  fireEvent.click(ask);
  fireEvent.click(ask);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(made()).toHaveLength(1);
  expect(decodeURIComponent(made()[0]!.headers['x-switchyard-comment']!)).toBe('Größe prüfen');
  expect(onOutcome.mock.calls[0]![0]).toEqual({ status: 'accepted', ...accepted });
});

test('the name has to be typed where that is asked, and without approval the button says what happens', async () => {
  const { made } = serverWith({ plan, risk: 'high', planHash: 'h', requirements: [] });
  open({ typed: 'web-1', danger: true });
  const field = await screen.findByLabelText('Type web-1 to confirm');
  const stop = await button('Stop');
  fireEvent.click(stop);
  expect(made()).toHaveLength(0);
  fireEvent.change(field, { target: { value: 'web-1' } });
  fireEvent.click(stop);
  await waitFor(() => expect(made()).toHaveLength(1));
});

test('after silence the next attempt is the same one, after a refusal it is another', async () => {
  const silent = () => Promise.reject(new TypeError('network down'));
  const refused = () => json({ type: 'https://switchyard.dev/problems/invalid-state', title: 'Not possible in this state', status: 409 }, 409);
  const { made } = serverWith({ plan, risk: 'write', planHash: 'h', requirements: [] }, silent, refused);
  open();
  await screen.findByText('It costs as before.');
  for (const [times, title] of [
    [1, 'The server did not answer'],
    [2, 'Not possible in this state'],
  ] as const) {
    fireEvent.click(await button('Stop'));
    await screen.findByText(title);
    expect(made()).toHaveLength(times);
  }
  fireEvent.click(await button('Stop'));
  await waitFor(() => expect(made()).toHaveLength(3));
  const keys = made().map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[1]);
});

test('a plan that is refused is told with its code, and nothing can be confirmed', async () => {
  vi.stubGlobal('fetch', async () => json({ type: 'https://switchyard.dev/problems/deletion-protected', title: 'Protected', status: 409 }, 409));
  open();
  expect(await screen.findByText('deletion-protected')).toBeTruthy();
  expect(((await button('Stop')) as HTMLButtonElement).disabled).toBe(true);
});

test('what the fields say since the plan was made cannot be confirmed before it is planned as well', async () => {
  const { sent, made } = serverWith({ plan, risk: 'write', planHash: 'h', requirements: [] });
  const { change } = open();
  const act = await button('Stop');
  await waitFor(() => expect(act).toHaveProperty('disabled', false));
  change({ call: { method: 'POST', path: '/servers/other/actions/stop', body: {} } });
  expect(act).toHaveProperty('disabled', true);
  fireEvent.submit(act.closest('[role="dialog"]')!.querySelector('form')!);
  expect(made()).toEqual([]);
  await waitFor(() => expect(act).toHaveProperty('disabled', false));
  fireEvent.click(act);
  await waitFor(() => expect(made().map(({ url }) => url)).toEqual(['/api/v1/servers/other/actions/stop']));
  expect(sent.map(({ url }) => url)).toContain('/api/v1/servers/other/actions/stop?dryRun=true');
});
