import { expect, test } from 'vitest';
import { createLane } from './lane.ts';

test('no more than its width are at work, all get their turn in order, and one that fails holds nobody up', async () => {
  const lane = createLane(3);
  const order: number[] = [];
  let busy = 0;
  let most = 0;
  const done = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      lane(async () => {
        order.push(index);
        most = Math.max(most, (busy += 1));
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        if (index % 7 === 0) throw new Error('one of many');
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(8);
  expect(await lane(async () => 'free again')).toBe('free again');
});
