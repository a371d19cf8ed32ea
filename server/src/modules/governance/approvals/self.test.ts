import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#kernel/context.ts';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { asked, requestOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampsBurn, lampsLight, lampServer } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { approvalsApprove, approvalsDelegate, approvalsDelegationsCreate, approvalsRevoke, changesApprove, changesGet } from '../index.ts';
import { hindrance } from './hindrance.ts';

const actor = (more: Partial<Actor>): Actor => ({
  kind: 'user', id: 'x', name: 'x', email: null, tenantId: 't', tenantSlug: 't', credentialId: null, permissionCap: null, ip: null, ...more,
}); // prettier-ignore
const everything = [{ grantId: 'g', scope: { all: true as const } }];

test('no path lets a requester, their delegate, their key, service account or agent decide their own Change', () => {
  const human = fc.constantFrom('ann', 'ben');
  /** One of the shapes in which a person can come along. */
  const shape = (id: string) =>
    fc.constantFrom(
      actor({ id }),
      actor({ id, kind: 'apiKey' }),
      actor({ id, kind: 'agent' }),
      actor({ id: `robot-of-${id}`, kind: 'apiKey', ownerId: id }),
      actor({ id: `agent-of-${id}`, kind: 'agent', ownerId: id }),
    );
  const scene = human.chain((person) =>
    fc.record({ requester: shape(person), decider: shape(person), implementer: fc.option(shape('cat'), { nil: null }) }),
  );
  const asks = (change: { requester: Actor; implementer: Actor | null }, decider: Actor, standsFor: readonly string[] = []) =>
    hindrance(
      { number: 1, state: 'awaiting_approval', targets: [], ...change },
      { status: 'pending' },
      { actor: decider, deciding: everything, standsFor },
    )?.slug;
  fc.assert(fc.property(scene, ({ requester, decider, implementer }) => asks({ requester, implementer }, decider) === 'self-approval-forbidden'));
  fc.assert(
    fc.property(scene, ({ requester, implementer }) => {
      const person = requester.ownerId ?? requester.id;
      return asks({ requester, implementer }, actor({ id: 'dan' }), [person]) === 'self-approval-forbidden';
    }),
  );
  // The rule bars those and nobody else.
  fc.assert(fc.property(scene, ({ requester, implementer }) => asks({ requester, implementer }, actor({ id: 'dan' })) === undefined));
});

const server = lampServer();
let world: World;
let people: Person[];
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)] });
  people = ['ann', 'ben', 'cat', 'dan'].map((name) => world.as({ name }));
});
afterAll(() => world.close());

test('whatever people do to a request, it is approved only by as many as it asks for, none of them its requester or who stands in for them', async () => {
  const place = fc.integer({ min: 0, max: 3 });
  const step = fc.record({ act: fc.constantFrom('approve', 'approve', 'alias', 'delegate', 'away', 'revoke'), who: place, whom: place });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), fc.boolean(), async (steps, distinct) => {
      const need = {
        all: [
          { who: 'scopeApprovers' as const, count: 1 },
          { who: 'scopeApprovers' as const, count: distinct ? 1 : 2 },
        ],
      };
      // Somebody new asks each time, so that absences of one run do not meet those of another.
      const requester = world.as({ name: 'requester' });
      const cast = [requester, ...people.slice(1)];
      const change = await asked(world, lampsBurn, { name: 'many' }, requester, [{ rule: 'two', text: 'Two.', need, distinct }]);
      const tied: [string, string][] = [];
      for (const { act, who, whom } of steps) {
        const [by, to] = [cast[who]!, cast[whom]!];
        const until = new Date(Date.now() + 3_600_000).toISOString();
        const acts = {
          approve: () => world.done(approvalsApprove, { id: change.id }, by),
          alias: () => world.done(changesApprove, { id: change.id }, by),
          delegate: () => world.done(approvalsDelegate, { id: change.id, to: to.actor.id }, by),
          // Only the requester goes away: what others leave behind would bind later runs.
          away: () => world.done(approvalsDelegationsCreate, { to: to.actor.id, until }, requester),
          revoke: () => world.done(approvalsRevoke, { id: change.id }, by),
        };
        const done = await acts[act]().catch((error: unknown) => {
          if (error instanceof Problem) return undefined;
          throw error;
        });
        if (done && act === 'delegate') tied.push([by.actor.id, to.actor.id]);
        if (done && act === 'away') tied.push([requester.actor.id, to.actor.id]);
      }
      const { status, decisions } = await requestOf(world, change, requester);
      const deciders = decisions.map(({ by }) => by.id);
      expect(deciders).not.toContain(requester.actor.id);
      if (status !== 'approved') {
        expect((await world.done(changesGet, { id: change.id }, requester)).startedAt).toBeNull();
        return;
      }
      const areTied = (a: string, b: string) => tied.some((pair) => pair.includes(a) && pair.includes(b));
      const independent = deciders.some((a) => deciders.some((b) => a !== b && !areTied(a, b)));
      expect(independent, `two of ${deciders.length} who are not tied by a delegation`).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('a plan that moved is never applied', async () => {
  const [ann, ben] = people as [Person, Person];
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.boolean(), async (movesBefore, movesBack) => {
      const name = `moved-${(n += 1)}`;
      server.lamps.set(name, { lit: false, by: 'before' });
      const change = await asked(world, lampsLight, { name }, ann, [{ rule: 'one', text: 'One.', need: { who: 'scopeApprovers', count: 1 } }]);
      if (movesBefore) server.lamps.set(name, { lit: false, by: 'a stranger' });
      if (movesBefore && movesBack) server.lamps.set(name, { lit: false, by: 'before' });
      await world.done(approvalsApprove, { id: change.id }, ben);
      const ended = await world.settled(change, ann);
      const moved = movesBefore && !movesBack;
      expect([ended.state, server.calls.includes(name)]).toEqual(moved ? ['stale', false] : ['succeeded', true]);
    }),
    { numRuns: 8 },
  );
});
