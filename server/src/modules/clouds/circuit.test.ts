import { describe, expect, test } from 'vitest';
import { backoff, closedCircuit, sending, unavailable, waitFor, type Circuit } from './circuit.ts';
import { PACE } from './providers/pace.ts';

const fail = (circuit: Circuit, times: number, from: number, everyMs: number): Circuit =>
  Array.from({ length: times }, (_, i) => from + i * everyMs).reduce((now, at) => unavailable(now, at, PACE), circuit);

describe('the circuit of a connection', () => {
  test('four failures leave it closed, the fifth opens it for thirty seconds', () => {
    expect(waitFor(fail(closedCircuit(PACE), 4, 0, 1_000), 3_000)).toBeNull();
    expect(waitFor(fail(closedCircuit(PACE), 5, 0, 1_000), 4_000)).toBe(30_000);
  });
  test('failures more than a minute apart do not add up', () => {
    expect(waitFor(fail(closedCircuit(PACE), 20, 0, 16_000), 320_000)).toBeNull();
  });
  test('after its time one probe may go, and only one', () => {
    const open = fail(closedCircuit(PACE), 5, 0, 0);
    expect(waitFor(open, 30_000)).toBeNull();
    expect(waitFor(sending(open), 30_000)).toBe(250);
  });
  test('a failed probe doubles the time, up to five minutes', () => {
    let circuit = fail(closedCircuit(PACE), 5, 0, 0);
    const waits: number[] = [];
    let now = 0;
    for (let i = 0; i < 6; i += 1) {
      now += waitFor(circuit, now)!;
      circuit = unavailable(sending(circuit), now, PACE);
      waits.push(waitFor(circuit, now)! / 1_000);
    }
    expect(waits).toEqual([60, 120, 240, 300, 300, 300]);
  });
});

test('pauses grow with full jitter up to the cap, unless the provider says how long', () => {
  expect([1, 2, 3, 20].map((attempt) => backoff(PACE, attempt, undefined, 1))).toEqual([250, 500, 1_000, 30_000]);
  expect(backoff(PACE, 3, undefined, 0)).toBe(0);
  expect(backoff(PACE, 3, 37, 0.5)).toBe(37_000);
});
