import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import '#modules/access/problems.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { ids, ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  calendarsCreate,
  calendarsDelete,
  calendarsEntriesCreate,
  calendarsEntriesDelete,
  calendarsEntriesList,
  calendarsEntriesUpdate,
  calendarsGet,
  calendarsList,
  calendarsUpdate,
  policies,
} from './index.ts';

let clock = new Date(Date.UTC(2026, 11, 20, 12));
let world: World;
let [alice, bob]: Person[] = [];
let rules: ReturnType<typeof ruling>;

beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, lampServer())], now: () => clock });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  rules = ruling(world, alice!, bob!);
});
afterAll(() => world.close());

const make = (name: string) => world.done(calendarsCreate, { name, timezone: 'Europe/Berlin' }, alice!);
const freeze = (calendarId: string, startsAt: string, endsAt: string, title = 'Freeze') => world.done(calendarsEntriesCreate, { calendarId, title, startsAt, endsAt }, alice!); // prettier-ignore

test('a freeze binds from the moment it is saved until the moment it ends, and a rule may ask for the calendar in an expression', async () => {
  const calendar = await make('year-end');
  const window = `id: frozen\ntype: time-window\nmatch: ${ids('frozen')}\ntimeWindow: { mode: deny, timezone: UTC, windows: [], calendars: [year-end] }`;
  const asked = `id: asked\ntype: deny\nmatch: ${ids('asked')}\nwhen: 'inCalendar("year-end")'`;
  const id = await rules.enforce(setOf('freezes', [window, asked]));
  const call = (name: string) => world.call(lampsName, { name }, alice!).then(({ status }) => status, (problem: { slug: string }) => problem.slug); // prettier-ignore
  expect([await call('frozen'), await call('asked')]).toEqual(['done', 'done']);
  const entry = await freeze(calendar.id, '2026-12-20T00:00:00+01:00', '2026-12-27T00:00:00+01:00');
  expect([await call('frozen'), await call('asked')]).toEqual(['outside-window', 'policy-denied']);
  expect(await world.done(calendarsGet, { id: calendar.id }, alice!)).toMatchObject({ isFrozen: true, usedBy: ['freezes/frozen', 'freezes/asked'], entries: [{ id: entry.id, title: 'Freeze', startsAt: '2026-12-19T23:00:00.000Z' }] }); // prettier-ignore
  await world.done(calendarsEntriesUpdate, { id: entry.id, endsAt: '2026-12-20T12:30:00Z' }, alice!);
  clock = new Date(Date.UTC(2026, 11, 20, 12, 29, 59));
  expect(await call('frozen')).toBe('outside-window');
  clock = new Date(Date.UTC(2026, 11, 20, 12, 30));
  expect([await call('frozen'), await call('asked')]).toEqual(['done', 'done']);
  const refused = await world.refused(calendarsDelete, { id: calendar.id }, alice!);
  expect([refused.slug, refused.extras['sets']]).toEqual(['calendar-in-use', ['freezes/frozen', 'freezes/asked']]);
  await rules.retire(id);
  await world.done(calendarsDelete, { id: calendar.id }, alice!);
  expect((await world.refused(calendarsGet, { id: calendar.id }, alice!)).slug).toBe('calendar-not-found');
});

test('entries are listed by time over all calendars, page by page', async () => {
  const [one, two] = [await make('one'), await make('two')];
  for (let day = 1; day <= 9; day += 1)
    await freeze((day % 2 ? one : two).id, `2027-03-0${day}T00:00:00Z`, `2027-03-0${day}T12:00:00Z`, `day ${day}`);
  const titles: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await world.done(calendarsEntriesList, { from: '2027-03-02T12:00:00Z', to: '2027-03-08T00:00:00Z', limit: 2, ...(cursor ? { cursor } : {}) }, alice!); // prettier-ignore
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor;
  } while (cursor);
  expect(titles).toEqual(['day 3', 'day 4', 'day 5', 'day 6', 'day 7']);
  const only = await world.done(calendarsEntriesList, { calendarId: two.id }, alice!);
  expect(new Set(only.items.map(({ calendar }) => calendar))).toEqual(new Set(['two']));
  await world.done(calendarsEntriesDelete, { id: only.items[0]!.id }, alice!);
  expect((await world.done(calendarsEntriesList, { calendarId: two.id }, alice!)).items).toHaveLength(only.items.length - 1);
});

test('what makes no sense is refused, and another tenant has calendars of its own', async () => {
  const calendar = await make('sensible');
  expect((await world.refused(calendarsCreate, { name: 'sensible' }, alice!)).slug).toBe('name-taken');
  expect((await world.refused(calendarsCreate, { name: 'zone', timezone: 'Middle/Earth' }, alice!)).slug).toBe('validation-failed');
  const backwards = { calendarId: calendar.id, title: 'Backwards', startsAt: '2027-01-02T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' };
  expect((await world.refused(calendarsEntriesCreate, backwards, alice!)).slug).toBe('validation-failed');
  expect((await world.refused(calendarsUpdate, { id: calendar.id, description: 'x' }, alice!, { ifMatch: '9' })).slug).toBe('version-conflict');
  expect(await world.done(calendarsUpdate, { id: calendar.id, description: 'x' }, alice!, { ifMatch: '1' })).toMatchObject({ version: 2 });
  const stranger = world.as({ name: 'stranger', tenant: 'b' });
  expect((await world.done(calendarsList, {}, stranger)).items).toEqual([]);
  expect((await world.refused(calendarsGet, { id: calendar.id }, stranger)).slug).toBe('calendar-not-found');
  expect((await world.refused(calendarsEntriesCreate, { ...backwards, endsAt: '2027-01-03T00:00:00Z' }, stranger)).slug).toBe('calendar-not-found');
});
