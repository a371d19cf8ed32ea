import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Ai } from '#kernel/ai.ts';
import { provide } from '#kernel/port.ts';
import { createMeanings } from '#test/meanings.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { memory } from './index.ts';
import { memoriesCreate } from './operations/memories.create.ts';
import { memoriesDelete } from './operations/memories.delete.ts';
import { memoriesGet } from './operations/memories.get.ts';
import { memoriesLinksCreate } from './operations/memories.links.create.ts';
import { memoriesLinksDelete } from './operations/memories.links.delete.ts';
import { memoriesList } from './operations/memories.list.ts';
import { memoriesReveal } from './operations/memories.reveal.ts';
import { memoriesSearch } from './operations/memories.search.ts';
import { memoriesSpacesList } from './operations/memories.spaces.list.ts';
import { memoriesUpdate } from './operations/memories.update.ts';
import { memoriesVersionsList } from './operations/memories.versions.list.ts';
import { askForMeanings } from './tell.ts';
import { forgetExpired } from './upkeep.ts';

const meanings = createMeanings();
let world: World;
let root: pg.Client;
let [ana, bob, owner, stranger]: Person[] = [];
let now = new Date('2026-11-20T12:00:00Z');

beforeAll(async () => {
  world = await createWorld({ modules: [memory], adapters: () => [provide(Ai, meanings)], now: () => now });
  root = new pg.Client({ connectionString: world.databaseUrl });
  await root.connect();
  [ana, bob] = ['ana', 'bob'].map((name) => world.as({ name })) as [Person, Person];
  owner = world.as({ name: 'olivia', roles: ['owner'] });
  stranger = world.as({ name: 'gustav', tenant: 'b' });
});
afterAll(async () => {
  await root.end();
  await world.close();
});

const store = (input: Record<string, unknown>, who = ana!) => world.done(memoriesCreate, input, who);
const find = async (input: Record<string, unknown>, who = ana!) => (await world.done(memoriesSearch, input, who)).results.map(({ key }) => key);
const told = (id: string) => vi.waitFor(async () => expect((await world.done(memoriesGet, { id }, ana!)).searchedByMeaning).toBe(true), { timeout: 60_000, interval: 25 }); // prettier-ignore
const clockwork = (work: typeof forgetExpired): Promise<void> =>
  world.databases.tenant({ tenantId: world.tenants.a }, (db) => work({ db, tenantId: world.tenants.a, now: () => now, provider: (port: { port: string }) => world.adapters.get(port.port) } as never)); // prettier-ignore

describe('workflows 45: Memory Store with each merge strategy', () => {
  test('upsert puts the new content in the place of the old and keeps what else was not said', async () => {
    const first = await store({ key: 'up', content: 'first', title: 'Title', tags: ['a'], metadata: { site: 'fra' } });
    const second = await store({ key: 'up', content: 'second', importance: 'high' });
    expect([first.created, second.created, second.version, second.id]).toEqual([true, false, 2, first.id]);
    expect(second).toMatchObject({ content: 'second', title: 'Title', tags: ['a'], importance: 'high', metadata: { site: 'fra' } });
    expect((await world.done(memoriesVersionsList, { id: first.id }, ana!)).items).toEqual([]);
  });
  test('append adds below, and joins tags and metadata', async () => {
    await store({ key: 'app', content: 'one', tags: ['a'], metadata: { x: 1 } });
    const joined = await store({ key: 'app', content: 'two', tags: ['b'], metadata: { y: 2 }, mergeStrategy: 'append' });
    expect(joined).toMatchObject({ content: 'one\ntwo', tags: ['a', 'b'], metadata: { x: 1, y: 2 }, version: 2 });
    const full = await world.refused(memoriesCreate, { key: 'app', content: 'x'.repeat(65_536), mergeStrategy: 'append' }, ana!);
    expect(full.slug).toBe('memory-full');
  });
  test('replace forgets all that was there', async () => {
    const { id } = await store({ key: 'rep', content: 'old', title: 'Old', tags: ['a'], links: [{ to: 'server:s-1', relation: 'about' }] });
    await store({ key: 'rep', content: 'kept', mergeStrategy: 'version' });
    const fresh = await store({ key: 'rep', content: 'new', mergeStrategy: 'replace' });
    expect(fresh).toMatchObject({ id, content: 'new', title: null, tags: [] });
    expect((await world.done(memoriesGet, { id }, ana!)).links).toEqual([]);
    expect((await world.done(memoriesVersionsList, { id }, ana!)).items).toEqual([]);
  });
  test('version keeps what was there, with a note, newest first and page by page', async () => {
    const { id } = await store({ key: 'ver', content: 'v1' });
    await store({ key: 'ver', content: 'v2', mergeStrategy: 'version', versionNote: 'after the outage' });
    await store({ key: 'ver', content: 'v3', mergeStrategy: 'version' });
    const page = await world.done(memoriesVersionsList, { id, limit: 1 }, ana!);
    expect(page.items).toMatchObject([{ number: 2, content: 'v2', note: null }]);
    const rest = await world.done(memoriesVersionsList, { id, cursor: page.nextCursor! }, ana!);
    expect(rest).toMatchObject({ items: [{ number: 1, content: 'v1', note: 'after the outage' }], nextCursor: null });
  });
  test('two that store one key at once become one, each counted', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, (_, at) => store({ key: 'race', content: `c${at}`, mergeStrategy: 'append' })));
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    const { content, version } = (await world.done(memoriesList, { q: 'race' }, ana!)).items[0]!;
    expect([content!.split('\n').toSorted(), version]).toEqual([['c0', 'c1', 'c2', 'c3', 'c4', 'c5'], 6]);
  });
  test('one that takes the place of another is linked by whoever stores it, and the other is found no more', async () => {
    await store({ key: 'old-way', content: 'Use telnet.' });
    await store({ key: 'new-way', content: 'Use SSH.', replacesKey: 'old-way', links: [{ to: 'new-way', relation: 'self' }] });
    expect(await find({ query: 'telnet' })).toEqual([]);
    expect((await world.refused(memoriesCreate, { key: 'x', content: 'x', replacesKey: 'nothing of the kind' }, ana!)).slug).toBe(
      'memory-link-not-found',
    );
  });
});

describe('workflows 45: Search by keyword, semantic (mock embeddings) and hybrid; expired and foreign memories never appear', () => {
  const space = 'runbooks';
  const seen = (input: Record<string, unknown>, who = ana!) => find({ space, ...input }, who);
  beforeAll(async () => {
    const made = [
      await store({ space, key: 'routers', content: 'Routers are reloaded at night only.', type: 'procedural', tags: ['edge'] }),
      await store({ space, key: 'gateways', content: 'Restart gateways in the evening.', importance: 'high' }),
      await store({ space, key: 'bills', content: 'Invoices are sent on the first.', type: 'factual' }),
    ];
    for (const { id } of made) await told(id);
  });
  test('keyword finds stems, and scores by the share of the words asked for', async () => {
    const { results, semantic } = await world.done(memoriesSearch, { space, query: 'router reloads tomorrow', searchType: 'keyword' }, ana!);
    expect(results).toMatchObject([{ key: 'routers', semantic: null }]);
    expect([results[0]!.score.toFixed(2), semantic]).toEqual(['0.67', false]);
    expect(await seen({ query: 'router reloads tomorrow', searchType: 'keyword', threshold: 0.7 })).toEqual([]);
  });
  test('semantic finds what is alike in meaning and shares no word', async () => {
    expect(await seen({ query: 'reboot the edge by nocturnal means', searchType: 'semantic', threshold: 0.6 })).toEqual(
      expect.arrayContaining(['routers', 'gateways']),
    );
    expect(await seen({ query: 'payment', searchType: 'semantic', threshold: 0.6 })).toEqual(['bills']);
  });
  test('hybrid ranks first what both find, and says how each scored', async () => {
    const { results, semantic } = await world.done(memoriesSearch, { space, query: 'reload routers at night', includeMetadata: true }, ana!);
    expect([results[0]!.key, semantic]).toEqual(['routers', true]);
    expect(results[0]).toMatchObject({ keyword: 1, score: 1, provenance: { actorKind: 'user', actorId: ana!.actor.id }, metadata: {} });
    expect(results[1]).toMatchObject({ key: 'gateways', keyword: null });
  });
  test('filters narrow each way down', async () => {
    expect(await seen({ query: 'reload restart invoices', types: ['factual'] })).toEqual(['bills']);
    expect(await seen({ query: 'reload restart invoices', importance: ['high'] })).toEqual(['gateways']);
    expect(await seen({ query: 'reload restart invoices', tags: ['edge'] })).toEqual(['routers']);
    expect(await seen({ query: 'routers', to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await seen({ query: 'reload restart invoices', limit: 1 })).toHaveLength(1);
  });
  test('without a model hybrid goes by words, and semantic says what to do', async () => {
    meanings.model_ = undefined;
    try {
      expect(await world.done(memoriesSearch, { space, query: 'reload routers' }, ana!)).toMatchObject({ count: 1, semantic: false });
      expect((await world.refused(memoriesSearch, { space, query: 'reload', searchType: 'semantic' }, ana!)).slug).toBe('embedding-model-missing');
    } finally {
      meanings.model_ = (await createMeanings().modelFor(undefined as never, '', 'embedding'))!;
    }
  });
  test('a model that is down costs the meaning and not the search', async () => {
    meanings.down = true;
    try {
      expect(await world.done(memoriesSearch, { space, query: 'reload routers' }, ana!)).toMatchObject({ count: 1, semantic: false });
      expect((await world.refused(memoriesSearch, { space, query: 'reload', searchType: 'semantic' }, ana!)).slug).toBe('dependency-unavailable');
    } finally {
      meanings.down = false;
    }
  });
  test('what has expired is found no more, and the clock deletes it; its key begins anew', async () => {
    const { id } = await store({ space, key: 'brief', content: 'Routers of the fair.', expires: '1h' });
    expect(await seen({ query: 'fair' })).toEqual(['brief']);
    const before = now;
    now = new Date(now.getTime() + 3_600_000);
    expect(await seen({ query: 'fair' })).toEqual([]);
    expect((await world.refused(memoriesGet, { id }, ana!)).slug).toBe('memory-not-found');
    const again = await store({ space, key: 'brief', content: 'Again.', mergeStrategy: 'append', expires: '1h' });
    expect([again.created, again.content]).toEqual([true, 'Again.']);
    now = new Date(now.getTime() + 3_600_000);
    await clockwork(forgetExpired);
    expect((await root.query('select 1 from memories where key = $1', ['brief'])).rowCount).toBe(0);
    now = before;
  });
  test('what others keep for themselves, what is kept for others, and what is of another tenant is nowhere', async () => {
    const mine = await store({ space: 'user', key: 'diary', content: 'Routers bore me.' });
    const theirs = await store({ space, key: 'closed', content: 'Routers of the board.', accessLabels: [`user:${bob!.actor.id}`, 'team:board'] }, bob);
    expect(await find({ space: 'user', query: 'routers' })).toEqual(['diary']);
    expect(await find({ space: 'user', query: 'routers' }, owner)).toEqual([]);
    expect((await world.refused(memoriesSearch, { space: `user:${ana!.actor.id}`, query: 'routers' }, owner!)).slug).toBe('memory-space-denied');
    expect(await seen({ query: 'board' })).toEqual([]);
    expect([await seen({ query: 'board' }, bob), await seen({ query: 'board' }, owner)]).toEqual([['closed'], ['closed']]);
    world.team('board', [ana!]);
    expect(await seen({ query: 'board' })).toEqual(['closed']);
    world.team('board', []);
    for (const [who, id] of [[owner!, mine.id], [ana!, theirs.id], [stranger!, mine.id]] as const)
      for (const operation of [memoriesGet, memoriesDelete, memoriesReveal, memoriesUpdate, memoriesVersionsList])
        expect((await world.refused(operation as typeof memoriesGet, { id }, who)).slug).toBe('memory-not-found');
    const own = await store({ space, key: 'closed', content: 'mine now' }); // By taking a key nobody learns that it is taken.
    expect([own, await store({ space, key: 'closed', content: 'mine still' })]).toMatchObject([{ created: true, version: 1 }, { id: own.id, version: 2 }]);
    expect(await world.done(memoriesGet, { id: theirs.id }, bob!)).toMatchObject({ content: 'Routers of the board.', version: 1 });
    expect(await store({ space, key: 'closed', content: 'Both.', accessLabels: [`user:${bob!.actor.id}`, 'team:board'] }, bob)).toMatchObject({ id: theirs.id, version: 2 });
    await world.done(memoriesDelete, { id: own.id }, ana!);
    expect(await find({ space, query: 'routers' }, stranger)).toEqual([]);
    const lists = await Promise.all([ana!, stranger!].map(async (who) => (await world.done(memoriesList, { space }, who)).items.map(({ key }) => key)));
    expect(lists).toEqual([['bills', 'gateways', 'routers'], []]);
  }); // prettier-ignore
  test('links to memories out of reach are not told, metadata has a bound, and of former versions the last hundred are kept', async () => {
    await store({ space, key: 'beyond', content: 'Beyond.' });
    const { id } = await store({ space, key: 'near', content: 'Near.', links: [{ to: 'beyond', relation: 'about' }] });
    const narrow = world.as({ name: 'narrow', scope: { any: [{ type: 'memory', ids: [id] }] } });
    expect((await world.done(memoriesGet, { id }, ana!)).links).toMatchObject([{ key: 'beyond' }]);
    expect((await world.done(memoriesGet, { id }, narrow)).links).toEqual([]);
    const half = (name: string) => ({ space, key: 'full', content: 'x', metadata: { [name]: 'x'.repeat(9_000) }, mergeStrategy: 'append' });
    expect((await world.refused(memoriesCreate, { space, key: 'full', content: 'x', metadata: { a: 'x'.repeat(17_000) } }, ana!)).slug).toBe('validation-failed');
    await store(half('a'));
    expect((await world.refused(memoriesCreate, half('b'), ana!)).slug).toBe('memory-full');
    await root.query(`insert into memory_versions (tenant_id, id, memory_id, number, content, metadata, created_by, created_by_name) select $1, gen_random_uuid(), $2, -n, 'old', '{}', 'x', 'x' from generate_series(1, 100) n`, [world.tenants.a, id]);
    await store({ space, key: 'near', content: 'Nearer.', mergeStrategy: 'version' });
    const { rows } = await root.query<{ count: string; least: number }>('select count(*), min(number) as least from memory_versions where memory_id = $1', [id]);
    expect(rows[0]).toEqual({ count: '100', least: -99 });
  }); // prettier-ignore
  test('whoever reaches some memories by their ids alone reaches those', async () => {
    const { id } = await store({ space, key: 'one', content: 'One.' });
    const narrow = world.as({ name: 'narrow', scope: { any: [{ type: 'memory', ids: [id] }] } });
    expect((await world.done(memoriesList, {}, narrow)).items.map(({ key }) => key)).toEqual(['one']);
    expect((await world.refused(memoriesSearch, { space, query: 'one' }, narrow)).slug).toBe('scope-denied');
  });
  test('no words of a query are an expression', async () => {
    for (const query of [`'`, `a & b | !c <-> (d)`, `\\`, `'; drop table memories; --`, `foo:*`, `"quoted`, 'https://a.example/?b=1&c=2', 'the', '-', 'ünïcödé 日本'])
      expect(await seen({ query, searchType: 'keyword' })).toBeInstanceOf(Array);
  }); // prettier-ignore
});

describe('secret memories', () => {
  const secret = { key: 'vault', content: 'the code is zulu', summary: 'door', sensitivity: 'secret', metadata: { pin: 'zulu' }, title: 'Vault' };
  test('are sealed, never sent to a model, shown on request alone, and found by their names', async () => {
    const { id } = await store(secret);
    const { rows } = await root.query<{ row: string }>('select memories::text as row from memories where id = $1', [id]);
    expect(rows[0]!.row).not.toMatch(/zulu|door/);
    expect(await world.done(memoriesGet, { id }, ana!)).toMatchObject({ content: null, summary: null, metadata: {}, title: 'Vault' });
    expect(await find({ query: 'zulu', searchType: 'keyword' })).toEqual([]);
    expect((await world.done(memoriesSearch, { query: 'vault', searchType: 'keyword' }, ana!)).results).toMatchObject([{ key: 'vault', content: null }]);
    expect(await world.done(memoriesReveal, { id }, ana!)).toMatchObject({ content: secret.content, summary: 'door', metadata: { pin: 'zulu' } });
    await store({ key: 'vault', content: 'now yoyo', mergeStrategy: 'version' });
    const versions = await root.query<{ row: string }>('select memory_versions::text as row from memory_versions where memory_id = $1', [id]);
    expect(versions.rows[0]!.row).not.toMatch(/zulu|door/);
    expect(await world.done(memoriesReveal, { id }, ana!)).toMatchObject({ content: 'now yoyo', summary: 'door' });
    await clockwork(askForMeanings);
    await store({ key: 'told', content: 'plain words' }).then(({ id: other }) => told(other));
    expect(meanings.sent.join('\n')).not.toMatch(/zulu|yoyo|door/);
    const everything = await root.query<{ all: string }>(`select (select coalesce(string_agg(c::text, ' '), '') from changes c) || (select coalesce(string_agg(e::text, ' '), '') from events e) as all`);
    expect(everything.rows[0]!.all).not.toMatch(/zulu|yoyo/);
    await expect(world.call(memoriesReveal, { id }, ana!, {}, 'mcp')).rejects.toMatchObject({ slug: 'not-found' });
  }); // prettier-ignore
  test('become others by replacing alone, and nothing sealed comes to lie in the clear', async () => {
    await store({ ...secret, key: 'turn' });
    for (const mergeStrategy of ['upsert', 'append', 'version'])
      expect((await world.refused(memoriesCreate, { key: 'turn', content: 'x', sensitivity: 'internal', mergeStrategy }, ana!)).slug).toBe('memory-conflict');
    const open = await store({ key: 'turn', content: 'open', sensitivity: 'internal', mergeStrategy: 'replace' });
    expect(open).toMatchObject({ content: 'open', summary: null, metadata: {} });
    expect((await world.refused(memoriesUpdate, { id: open.id, sensitivity: 'secret' }, ana!)).slug).toBe('memory-conflict');
  }); // prettier-ignore
  test('confidential ones are not sent to a model either', async () => {
    await store({ key: 'quiet', content: 'a quiet acquisition', sensitivity: 'confidential' });
    await clockwork(askForMeanings);
    await store({ key: 'loud', content: 'loud words' }).then(({ id }) => told(id));
    expect(meanings.sent.join('\n')).not.toContain('acquisition');
    expect(await find({ query: 'acquisition', searchType: 'keyword' })).toEqual(['quiet']);
  });
});

describe('memories by hand', () => {
  test('are listed page by page, by space, kind, tag and name, newest change first', async () => {
    for (const at of [1, 2, 3]) {
      now = new Date(now.getTime() + 1_000);
      await store({ space: 'pages', key: `p${at}`, content: 'x', tags: at === 2 ? ['two'] : [] });
    }
    const first = await world.done(memoriesList, { space: 'pages', limit: 2 }, ana!);
    const second = await world.done(memoriesList, { space: 'pages', limit: 2, cursor: first.nextCursor! }, ana!);
    expect([...first.items, ...second.items].map(({ key }) => key)).toEqual(['p3', 'p2', 'p1']);
    expect((await world.done(memoriesList, { space: 'pages', tag: 'two' }, ana!)).items).toMatchObject([{ key: 'p2' }]);
    expect((await world.done(memoriesList, { space: 'pages', q: 'P1' }, ana!)).items).toMatchObject([{ key: 'p1' }]);
    expect((await world.done(memoriesList, { space: 'pages', q: '%' }, ana!)).items).toEqual([]);
    expect((await world.refused(memoriesList, { cursor: 'bm9wZQ' }, ana!)).slug).toBe('cursor-invalid');
    expect((await world.done(memoriesSpacesList, {}, ana!)).items).toContainEqual(expect.objectContaining({ space: 'pages', memories: 3 }));
  });
  test('are changed, and what they mean is told anew', async () => {
    const { id } = await store({ key: 'edit', content: 'invoice', tags: ['a'] });
    await told(id);
    const edited = await world.done(memoriesUpdate, { id, content: 'vacation days', title: 'Leave', expires: '30d' }, bob!);
    expect(edited).toMatchObject({ content: 'vacation days', title: 'Leave', tags: ['a'], version: 2, expiresAt: new Date(now.getTime() + 30 * 86_400_000).toISOString() });
    await told(id);
    expect(await find({ query: 'holiday', searchType: 'semantic', threshold: 0.6 })).toEqual(['edit']);
    await world.done(memoriesDelete, { id }, ana!);
    expect((await world.refused(memoriesGet, { id }, ana!)).slug).toBe('memory-not-found');
  }); // prettier-ignore
  test('are linked to each other and to things; what may not be seen is left out', async () => {
    const a = await store({ key: 'la', content: 'a' });
    const b = await store({ key: 'lb', content: 'b' });
    const { links } = await world.done(memoriesLinksCreate, { id: a.id, to: 'lb', relation: 'follows' }, ana!);
    expect(links).toMatchObject([{ toType: 'memory', toId: b.id, key: 'lb' }]);
    await world.done(memoriesLinksCreate, { id: a.id, to: 'lb', relation: 'follows' }, ana!);
    await world.done(memoriesLinksCreate, { id: a.id, to: 'server:s-9', relation: 'about' }, ana!);
    expect((await world.done(memoriesGet, { id: a.id }, ana!)).links).toHaveLength(2);
    expect((await world.done(memoriesList, { about: 'server:s-9' }, ana!)).items).toMatchObject([{ key: 'la' }]);
    expect((await world.done(memoriesList, { about: `memory:${b.id}` }, ana!)).items).toMatchObject([{ key: 'la' }]);
    await world.done(memoriesUpdate, { id: b.id, accessLabels: ['team:board'] }, ana!);
    expect((await world.done(memoriesGet, { id: a.id }, bob!)).links).toMatchObject([{ toType: 'server' }]);
    await world.done(memoriesLinksDelete, { id: a.id, linkId: links[0]!.id }, ana!);
    expect((await world.refused(memoriesLinksDelete, { id: a.id, linkId: links[0]!.id }, ana!)).slug).toBe('memory-link-not-found');
    expect((await world.refused(memoriesLinksCreate, { id: a.id, to: 'nobody', relation: 'x' }, ana!)).slug).toBe('memory-link-not-found');
  }); // prettier-ignore
  test('of somebody who is no longer a member what they kept for themselves is gone', async () => {
    const gone = world.as({ name: 'gone' });
    const own = await store({ space: 'user', key: 'own', content: 'x' }, gone);
    const shared = await store({ key: 'shared', content: 'x' }, gone);
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) => memory.on!['member.removed']!({ db, tenantId: world.tenants.a } as never, { data: { memberId: gone.actor.id } } as never)); // prettier-ignore
    expect((await root.query('select id from memories where id = any($1::uuid[])', [[own.id, shared.id]])).rows).toEqual([{ id: shared.id }]);
  });
  test('nothing went wrong in the background', () => expect(world.faults).toEqual([]));
});
