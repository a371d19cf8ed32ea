import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Ai } from '#kernel/ai.ts';
import { provide } from '#kernel/port.ts';
import { memory } from '#modules/memory/index.ts';
import { createMeanings } from '#test/meanings.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { collectionBelongings } from './belongings.ts';
import { knowledge } from './index.ts';
import { askForMeanings } from './ingest/tell.ts';
import { documentsCreate } from './operations/documents.create.ts';
import { documentsDelete } from './operations/documents.delete.ts';
import { documentsGet } from './operations/documents.get.ts';
import { documentsIngest } from './operations/documents.ingest.ts';
import { documentsList } from './operations/documents.list.ts';
import { documentsPassagesList } from './operations/documents.passages.list.ts';
import { documentsUpdate } from './operations/documents.update.ts';
import { knowledgeCollectionsCreate } from './operations/knowledgeCollections.create.ts';
import { knowledgeCollectionsDelete } from './operations/knowledgeCollections.delete.ts';
import { knowledgeCollectionsGet } from './operations/knowledgeCollections.get.ts';
import { knowledgeCollectionsList } from './operations/knowledgeCollections.list.ts';
import { knowledgeCollectionsUpdate } from './operations/knowledgeCollections.update.ts';
import { knowledgeSearch } from './operations/knowledge.search.ts';

const meanings = createMeanings();
let world: World;
let root: pg.Client;
let [ana, bob, owner, stranger]: Person[] = [];

beforeAll(async () => {
  world = await createWorld({ modules: [memory, knowledge], adapters: () => [provide(Ai, meanings)] });
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

const collection = (input: Record<string, unknown>, who = ana!) => world.done(knowledgeCollectionsCreate, input, who);
const get = (id: string, who = ana!) => world.done(documentsGet, { id }, who);
async function read(id: string, who = ana!) {
  await vi.waitFor(async () => expect(['ready', 'failed']).toContain((await get(id, who)).state), { timeout: 60_000, interval: 25 });
  return get(id, who);
}
async function add(collectionId: string, filename: string, content: string, more: Record<string, unknown> = {}, who = ana!) {
  const made = await world.done(documentsCreate, { collectionId, filename, content, ...more }, who);
  return read(made.id, who);
}
const search = (collectionName: string, query: string, more: Record<string, unknown> = {}, who = ana!) =>
  world.done(knowledgeSearch, { collection: collectionName, query, ...more }, who);
const titles = async (...asked: Parameters<typeof search>) => (await search(...asked)).passages.map(({ document }) => document.title);

describe('documents', () => {
  test('are read by a worker: passages under their headings, in the words of the language and with what they mean', async () => {
    const { id } = await collection({ name: 'Runbooks', description: 'How things are done' });
    const made = await world.done(documentsCreate, { collectionId: 'runbooks', filename: 'edge.md', content: '# Edge routers\n\nAsk first.\n\n## Night\nReload at night only.', source: 'https://wiki.example.net/edge', metadata: { site: 'fra' } }, ana!);
    expect(made).toMatchObject({ state: 'waiting', title: 'Edge routers', mediaType: 'text/markdown', collectionId: id });
    expect(await read(made.id)).toMatchObject({ state: 'ready', progress: 100, passages: 2, passagesMeant: 2, problem: null });
    const page = await world.done(documentsPassagesList, { id: made.id, limit: 1 }, ana!);
    expect(page.items).toEqual([{ number: 1, heading: 'Edge routers', text: 'Ask first.', searchedByMeaning: true }]);
    expect((await world.done(documentsPassagesList, { id: made.id, cursor: page.nextCursor! }, ana!)).items).toMatchObject([{ number: 2, heading: 'Edge routers › Night' }]);
    expect(await world.done(knowledgeCollectionsGet, { id: 'Runbooks' }, bob!)).toMatchObject({ documents: 1, passages: 2, ownerName: 'ana' });
    const { rows } = await root.query<{ type: string }>(`select type from events where type like 'document.%' or type like 'knowledge%' order by seq`);
    expect(rows.map(({ type }) => type)).toEqual(['knowledgeCollection.created', 'document.added', 'document.ready']);
    expect(JSON.stringify((await root.query('select input, plan from changes')).rows)).not.toContain('Reload at night');
  }); // prettier-ignore
  test('of HTML and CSV are read too; what cannot be read is refused with words, or fails with words', async () => {
    expect(await add('Runbooks', 'a.html', '<h1>Bills</h1><p>Invoices go out on the first.</p>')).toMatchObject({ title: 'Bills', state: 'ready' });
    expect(await add('Runbooks', 'b.csv', Buffer.from('host,site\nedge-7,ams\n').toString('base64'), { encoding: 'base64', title: 'Hosts' })).toMatchObject({ title: 'Hosts', passages: 1 });
    const pdf = await world.refused(documentsCreate, { collectionId: 'Runbooks', filename: 'c.pdf', content: '%PDF-1.7' }, ana!);
    expect([pdf.slug, pdf.message]).toEqual(['document-unreadable', expect.stringContaining('Export it')]);
    expect(await add('Runbooks', 'empty.html', '<script>only()</script>')).toMatchObject({ state: 'failed', problem: expect.stringContaining('no text') });
    expect((await world.refused(documentsCreate, { collectionId: 'Runbooks', filename: 'again.csv', content: 'host,site\nedge-7,ams\n' }, ana!)).slug).toBe('document-exists');
    // What is kept for others is not found out by adding the same once more.
    const bill = { collectionId: 'Runbooks', filename: 'plan.txt', content: 'Sell the routers.' };
    const theirs = await world.done(documentsCreate, { ...bill, accessLabels: ['team:board'] }, bob!);
    const own = await world.done(documentsCreate, bill, ana!);
    expect(own.id).not.toBe(theirs.id);
    expect((await world.refused(documentsCreate, bill, ana!)).slug).toBe('document-exists');
    for (const [{ id }, who] of [[theirs, bob!], [own, ana!]] as const) await world.done(documentsDelete, { id }, who);
    expect((await world.refused(documentsCreate, { collectionId: 'nowhere', filename: 'x.txt', content: 'x' }, ana!)).slug).toBe('collection-not-found');
  }); // prettier-ignore
  test('are listed page by page and by what they are called; they change, and go', async () => {
    const first = await world.done(documentsList, { limit: 2 }, ana!);
    const second = await world.done(documentsList, { limit: 10, cursor: first.nextCursor! }, ana!);
    expect([...first.items, ...second.items].map(({ filename }) => filename)).toEqual(['empty.html', 'b.csv', 'a.html', 'edge.md']);
    const [hosts] = (await world.done(documentsList, { q: 'HOST' }, ana!)).items;
    expect((await world.done(documentsList, { state: 'failed' }, ana!)).items).toMatchObject([{ filename: 'empty.html' }]);
    expect(await world.done(documentsUpdate, { id: hosts!.id, title: 'All hosts', source: null, metadata: { kind: 'list' } }, bob!)).toMatchObject({ title: 'All hosts', metadata: { kind: 'list' } });
    await world.done(documentsDelete, { id: hosts!.id }, ana!);
    expect((await world.refused(documentsGet, { id: hosts!.id }, ana!)).slug).toBe('document-not-found');
    expect((await root.query('select 1 from knowledge_chunks where document_id = $1', [hosts!.id])).rowCount).toBe(0);
  }); // prettier-ignore
  test('are read anew when the collection is cut otherwise; until then the old passages are found', async () => {
    await collection({ name: 'Cut', passageSize: 4_000, passageOverlap: 0 });
    const long = await add('Cut', 'long.txt', Array.from({ length: 40 }, (_, at) => `Sentence number ${at} about turbines.`).join('\n\n'));
    expect(long.passages).toBe(1);
    expect((await world.refused(knowledgeCollectionsUpdate, { id: 'Cut', passageSize: 200, passageOverlap: 150 }, ana!)).slug).toBe(
      'validation-failed',
    );
    await world.done(knowledgeCollectionsUpdate, { id: 'Cut', passageSize: 400, language: 'german' }, ana!);
    await vi.waitFor(async () => expect(await get(long.id)).toMatchObject({ state: 'ready', progress: 100 }), { timeout: 60_000, interval: 25 });
    const { passages } = await get(long.id);
    expect(passages).toBeGreaterThan(3);
    expect((await search('Cut', 'Turbine', { mode: 'keyword', topK: 50 })).count).toBe(passages);
  });
});

describe('searches', () => {
  test('find by words, by meaning and by both; filters narrow them down', async () => {
    expect(await search('Runbooks', 'reloads nightly', { mode: 'keyword' })).toMatchObject({ passages: [{ document: { title: 'Edge routers' }, chunk: 2, source: 'https://wiki.example.net/edge', metadata: { site: 'fra' }, semantic: null }], semantic: false });
    expect((await titles('Runbooks', 'payment', { mode: 'semantic', scoreThreshold: 0.5 }))).toEqual(['Bills']);
    const both = await search('Runbooks', 'reload at night', { includeMetadata: false });
    expect(both).toMatchObject({ semantic: true, passages: [{ heading: 'Edge routers › Night', keyword: 1, score: 1 }, {}] });
    expect(both.passages[0]).not.toHaveProperty('metadata');
    expect(await titles('Runbooks', 'reload invoices', { mode: 'keyword', filters: { site: 'fra' } })).toEqual(['Edge routers']);
    expect(await titles('Runbooks', 'reload invoices', { mode: 'keyword', topK: 1 })).toHaveLength(1);
    expect(await titles('Runbooks', 'zeppelin', { mode: 'keyword' })).toEqual([]);
  }); // prettier-ignore
  test('workflows 46: RAG returns only documents that the principal may read', async () => {
    await collection({ name: 'Mixed' });
    await add('Mixed', 'open.txt', 'Turbines for everybody.');
    const closed = await add('Mixed', 'closed.txt', 'Turbines of the board.', { accessLabels: ['team:board', 'role:auditor'] }, bob);
    const asked = (who: Person, mode = 'hybrid') => titles('Mixed', 'turbines', { mode }, who);
    const auditor = world.as({ name: 'audrey', roles: ['auditor'] });
    for (const mode of ['hybrid', 'keyword', 'semantic']) {
      expect(await asked(ana!, mode)).toEqual(['open.txt']);
      for (const who of [bob!, owner!, auditor]) expect((await asked(who, mode)).toSorted()).toEqual(['closed.txt', 'open.txt']);
    }
    world.team('board', [ana!]);
    expect(await asked(ana!)).toHaveLength(2);
    world.team('board', []);
    for (const operation of [documentsGet, documentsDelete, documentsIngest, documentsUpdate, documentsPassagesList])
      for (const who of [ana!, stranger!]) expect((await world.refused(operation as typeof documentsGet, { id: closed.id }, who)).slug).toBe('document-not-found');
    expect((await world.done(documentsList, { q: 'closed' }, ana!)).items).toEqual([]);
    expect(await world.done(knowledgeCollectionsGet, { id: 'Mixed' }, ana!)).toMatchObject({ documents: 1 });
    expect((await world.refused(knowledgeSearch, { collection: 'Mixed', query: 'turbines' }, stranger!)).slug).toBe('collection-not-found');
    expect((await world.done(knowledgeCollectionsList, {}, stranger!)).items).toEqual([]);
  }); // prettier-ignore
  test('a collection that is kept for others hides all that is in it', async () => {
    const { id } = await collection({ name: 'Board', accessLabels: [`user:${bob!.actor.id}`] }, bob);
    const document = await add('Board', 'plan.txt', 'Turbines are sold.', {}, bob);
    expect((await world.refused(knowledgeSearch, { collection: id, query: 'turbines' }, ana!)).slug).toBe('collection-not-found');
    expect((await world.refused(documentsGet, { id: document.id }, ana!)).slug).toBe('document-not-found');
    expect((await world.done(documentsList, { collectionId: id }, ana!)).items).toEqual([]);
    expect((await world.done(knowledgeCollectionsList, {}, ana!)).items.map(({ name }) => name)).not.toContain('Board');
    expect((await world.refused(knowledgeCollectionsCreate, { name: 'bOARD' }, ana!)).slug).toBe('collection-name-taken');
  });
  test('whoever reaches one collection searches that one', async () => {
    const { id } = await world.done(knowledgeCollectionsGet, { id: 'Runbooks' }, ana!);
    const narrow = world.as({ name: 'narrow', permissions: ['knowledge:read'], scope: { any: [{ type: 'knowledgeCollection', ids: [id] }] } });
    expect((await search('Runbooks', 'reload', {}, narrow)).count).toBeGreaterThan(0);
    expect((await world.refused(knowledgeSearch, { collection: 'Mixed', query: 'turbines' }, narrow)).slug).toBe('scope-denied');
    expect((await world.done(documentsList, {}, narrow)).items.every(({ collectionId }) => collectionId === id)).toBe(true);
    expect((await world.refused(documentsCreate, { collectionId: id, filename: 'x.txt', content: 'x' }, narrow)).slug).toBe('permission-denied');
  });
});

describe('meaning', () => {
  const clockwork = (): Promise<void> =>
    world.databases.tenant({ tenantId: world.tenants.a }, (db) => askForMeanings({ db, tenantId: world.tenants.a, provider: (port: { port: string }) => world.adapters.get(port.port) } as never)); // prettier-ignore
  test('nothing of a confidential collection is sent to a model', async () => {
    await collection({ name: 'Quiet', confidential: true });
    expect(await add('Quiet', 'q.txt', 'An acquisition is near.')).toMatchObject({ state: 'ready', passages: 1, passagesMeant: 0 });
    await clockwork();
    expect(await titles('Quiet', 'acquisition', { mode: 'keyword' })).toEqual(['q.txt']);
    expect(meanings.sent.join('\n')).not.toContain('acquisition');
  });
  test('a document that no model can tell now is found by its words, says so, and is told later', async () => {
    meanings.model_ = undefined;
    const plain = await add('Mixed', 'plain.txt', 'Vacation is asked for in May.');
    expect([plain.state, plain.passagesMeant]).toEqual(['ready', 0]);
    expect(await search('Mixed', 'vacation')).toMatchObject({ count: 1, semantic: false });
    expect((await world.refused(knowledgeSearch, { collection: 'Mixed', query: 'x', mode: 'semantic' }, ana!)).slug).toBe('embedding-model-missing');
    meanings.model_ = (await createMeanings().modelFor(undefined as never, '', 'embedding'))!;
    await clockwork();
    await vi.waitFor(async () => expect((await get(plain.id)).passagesMeant).toBe(1), { timeout: 60_000, interval: 25 });
    expect(await titles('Mixed', 'holiday', { mode: 'semantic', scoreThreshold: 0.5 })).toEqual(['plain.txt']);
  });
  test('a reading that was cut off goes on where it was, and pays for nothing twice', async () => {
    const text = Array.from({ length: 150 }, (_, at) => `# H${at}\nTurbine ${at}.`).join('\n');
    const many = await add('Mixed', 'many.md', text);
    expect(many).toMatchObject({ passages: 150, passagesMeant: 150 });
    await root.query(`update knowledge_chunks set vector = null, vector_model = null where document_id = $1 and number > 100`, [many.id]);
    await root.query(`update knowledge_documents set state = 'running', progress = 60 where id = $1`, [many.id]);
    const before = meanings.sent.length;
    await clockwork();
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) => world.jobs.enqueue(db, 'knowledge', { tenantId: world.tenants.a, documentId: many.id }));
    expect(await read(many.id)).toMatchObject({ state: 'ready', passagesMeant: 150 });
    expect(meanings.sent.length - before).toBe(50);
  }); // prettier-ignore
  test('a document can go while a model tells what it means: neither waits for what the other has locked', async () => {
    const { id } = await add('Mixed', 'going.txt', 'Turbines are reloaded at night.');
    await root.query(`update knowledge_chunks set vector = null, vector_model = null where document_id = $1`, [id]);
    const { embed } = meanings;
    vi.spyOn(meanings, 'embed').mockImplementationOnce(async (asked) => {
      // We look first whether each waits for the other, and are the one who is refused.
      await root.query(`begin; set local deadlock_timeout = '50ms'`);
      await root.query('select from knowledge_documents where id = $1 for no key update', [id]);
      return embed(asked);
    });
    await clockwork();
    const waiting = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await vi.waitFor(async () => expect((await root.query<{ n: number }>(waiting)).rows[0]!.n).toBeGreaterThan(0), { timeout: 60_000, interval: 25 });
    await root.query('delete from knowledge_documents where id = $1', [id]);
    await root.query('commit');
    expect((await world.refused(documentsGet, { id }, ana!)).slug).toBe('document-not-found');
  });
  test('a document is read anew by hand, and its collection goes with all of it', async () => {
    const { id } = (await world.done(documentsList, { q: 'many' }, ana!)).items[0]!;
    expect(await world.done(documentsIngest, { id }, ana!)).toMatchObject({ state: 'waiting', progress: 0 });
    expect(await read(id)).toMatchObject({ state: 'ready', passages: 150 });
    await world.carriedOut(knowledgeCollectionsDelete, { id: 'Mixed' }, ana!, bob!);
    expect((await world.refused(documentsGet, { id }, ana!)).slug).toBe('document-not-found');
  });
  test('who leaves hands over the collections that they answer for', async () => {
    const { of, hand } = collectionBelongings(async () => new Map([[bob!.actor.id, { name: 'bob' }]]));
    const inTenant = <T>(work: Parameters<typeof world.databases.tenant<T>>[1]) => world.databases.tenant({ tenantId: world.tenants.a }, work);
    const owned = (who: Person) => inTenant((db) => of(db, world.tenants.a, who.actor.id));
    expect(await owned(ana!)).toEqual(['the collection "Cut"', 'the collection "Quiet"', 'the collection "Runbooks"']);
    await inTenant((db) => hand(db, world.tenants.a, ana!.actor.id, bob!.actor.id));
    expect(await owned(ana!)).toEqual([]);
    expect(await world.done(knowledgeCollectionsGet, { id: 'Cut' }, ana!)).toMatchObject({ ownerId: bob!.actor.id, ownerName: 'bob' });
  });
  test('nothing went wrong in the background', () => expect(world.faults).toEqual([]));
});
