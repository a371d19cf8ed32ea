import { expect, test } from 'vitest';
import type { LogLine, NodeRecord } from '../types.ts';
import { hear, seen, UNSEEN, withLines, type Live, type Message } from './view.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 21, 0, 0, seconds)).toISOString();
const message = (seq: number, type: string, data: Message['data'] = {}): Message => ({ type, seq, at: at(seq), data });
const heard = (...messages: Message[]): Live => messages.reduce(hear, UNSEEN);
const line = (seq: number): LogLine => ({ seq, at: at(seq), level: 'info', nodeId: null, iteration: null, message: `line ${seq}`, data: null });

test('a node that starts and completes is one record with both its times', () => {
  const { records } = heard(
    message(1, 'node.started', { nodeId: 'n1', key: 'fetch', iteration: '', attempt: 1 }),
    message(2, 'node.completed', { nodeId: 'n1', key: 'fetch', iteration: '', attempt: 1, durationMs: 1000, ports: ['true'] }),
  );
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ nodeId: 'n1', status: 'completed', startedAt: at(1), endedAt: at(2), port: 'true' });
});

test('every try and every turn of a loop is a record of its own', () => {
  const { records } = heard(
    message(1, 'node.failed', { nodeId: 'n1', iteration: '0', attempt: 1, error: { type: 'http-status', class: 'transient', message: '503' } }),
    message(2, 'node.completed', { nodeId: 'n1', iteration: '0', attempt: 2 }),
    message(3, 'node.completed', { nodeId: 'n1', iteration: '1', attempt: 1 }),
  );
  expect(records.map(({ path, attempt, status }) => [path, attempt, status])).toEqual([
    ['0', 1, 'failed'],
    ['0', 2, 'completed'],
    ['1', 1, 'completed'],
  ]);
  expect(records[0]!.error?.message).toBe('503');
});

test('a record whose beginning was not heard gets it from how long it took', () => {
  expect(heard(message(9, 'node.completed', { nodeId: 'n1', iteration: '', attempt: 1, durationMs: 4000 })).records[0]).toMatchObject({ startedAt: at(5) });
  expect(heard(message(9, 'node.skipped', { nodeId: 'n1', iteration: '', attempt: 1 })).records[0]).toMatchObject({ startedAt: null });
}); // prettier-ignore

test('what happened before a snapshot moves nothing back when it is told again, and its log lines are still taken', () => {
  const done: NodeRecord = { id: 'r', nodeId: 'n1', key: 'a', type: 'transform', path: '', attempt: 1, status: 'completed', effect: null, error: null, port: null, waiting: null, changeId: null, calledBy: null, tokens: null, cost: null, reused: false, startedAt: at(1), endedAt: at(2), durationMs: 1000 }; // prettier-ignore
  let live = seen(UNSEEN, { status: 'running', progress: 50, records: [done], seq: 10 });
  live = hear(live, message(8, 'node.started', { nodeId: 'n1', iteration: '', attempt: 1 }));
  live = hear(live, message(9, 'log', { seq: 3, message: 'hello', level: 'info' }));
  expect(live.records).toEqual([done]);
  expect(live.logs.map(({ message: words }) => words)).toEqual(['hello']);
  expect(seen(live, { status: 'queued', progress: null, records: [], seq: 4 })).toBe(live);
});

test('states, progress and what a node says of itself are kept', () => {
  const live = heard(
    message(1, 'execution.status', { status: 'running', progress: 40 }),
    message(2, 'node.progress', { nodeId: 'n1', text: 'row 3 of 9', percent: 33 }),
    message(3, 'end', { status: 'failed' }),
  );
  expect(live).toMatchObject({ status: 'failed', progress: 40 });
  expect(live.steps.get('n1')).toEqual({ text: 'row 3 of 9', percent: 33 });
});

test('what needs a person, and Changes, ask for another reading', () => {
  expect(heard(message(1, 'approval.requested'), message(2, 'change'), message(3, 'execution.status', { status: 'paused' })).stirred).toBe(2);
});

test('log lines are in order and each is there once, however they come', () => {
  expect(withLines([line(1), line(2)], [line(2), line(3)]).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(withLines([line(5)], [line(1), line(2)]).map(({ seq }) => seq)).toEqual([1, 2, 5]);
  const lines = [line(1)];
  expect(withLines(lines, [line(1)])).toBe(lines);
});

test('a node that was stopped is cancelled, and one that asks somebody is paused', () => {
  expect(heard(message(1, 'node.failed', { nodeId: 'n1', iteration: '', attempt: 1, cancelled: true })).records[0]).toMatchObject({ status: 'cancelled' });
  expect(heard(message(1, 'input.requested', { nodeId: 'n1', iteration: '', attempt: 1 })).records[0]).toMatchObject({ status: 'paused', endedAt: null });
}); // prettier-ignore

test('an unknown message changes nothing', () => {
  const live = heard(message(1, 'execution.status', { status: 'running' }));
  expect(hear(live, message(2, 'agent.token', { text: 'x' }))).toMatchObject({ status: 'running', records: [] });
});
