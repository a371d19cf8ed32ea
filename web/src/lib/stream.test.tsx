import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useStream, type StreamListener } from './stream.ts';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.all.push(this);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  send(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: typeof data === 'string' ? data : JSON.stringify(data) }));
  }
}
const last = () => FakeSource.all.at(-1)!;
const hide = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
};
function Listening({ listener, onOpen }: { listener: StreamListener; onOpen?: (first: boolean) => void }) {
  return <p>{useStream('/events', ['state'], listener, onOpen)}</p>;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  FakeSource.all = [];
});
afterEach(() => {
  hide(false);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('named and unnamed events are heard with their parsed data', () => {
  const heard = vi.fn<StreamListener>();
  render(<Listening listener={heard} />);
  expect(last().url).toBe('/api/v1/events');
  act(() => last().onopen?.());
  expect(screen.getByText('open')).toBeTruthy();
  act(() => last().send('state', { state: 'running' }));
  act(() => last().send('message', 'not json'));
  expect(heard.mock.calls).toEqual([
    ['state', { state: 'running' }],
    ['message', 'not json'],
  ]);
});

test('a connection that the browser gives up is opened again, ever more slowly', () => {
  render(<Listening listener={() => {}} />);
  const fail = () =>
    act(() => {
      last().readyState = FakeSource.CLOSED;
      last().onerror?.();
    });
  fail();
  expect(screen.getByText('lost')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(1000));
  expect(FakeSource.all).toHaveLength(2);
  fail();
  act(() => void vi.advanceTimersByTime(1000));
  expect(FakeSource.all).toHaveLength(2);
  act(() => void vi.advanceTimersByTime(1000));
  expect(FakeSource.all).toHaveLength(3);
});

test('a hidden page lets go of its connection, and reads again when it is back', () => {
  const resumed = vi.fn<(first: boolean) => void>();
  render(<Listening listener={() => {}} onOpen={resumed} />);
  act(() => last().onopen?.());
  hide(true);
  expect(last().readyState).toBe(FakeSource.CLOSED);
  expect(resumed.mock.calls).toEqual([[true]]);
  hide(false);
  expect(FakeSource.all).toHaveLength(2);
  act(() => last().onopen?.());
  expect(resumed.mock.calls).toEqual([[true], [false]]);
});
