import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { openDatabases, ROLES, urlFor, type Databases } from './database.ts';
import { isLogPosition, LOG_START, readLog, type LogRead } from './event-log.ts';
import { newId } from './ids.ts';

let databases: Databases;
let writers: pg.Client[];
beforeAll(async () => {
  const url = await cloneDatabase();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  writers = Array.from({ length: 4 }, () => new pg.Client({ connectionString: urlFor(url, ROLES.platform, testMasterKey()) }));
  await Promise.all(writers.map((writer) => writer.connect()));
});
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.end()));
  await databases.close();
});

const begin = (writer: number) => writers[writer]!.query('begin');
const commit = (writer: number, how = 'commit') => writers[writer]!.query(how);
const announce = (writer: number, tenantId: string, type: string) =>
  writers[writer]!.query(`insert into events (tenant_id, id, type, data) values ($1, $2, $3, '{}')`, [tenantId, newId(), type]);
const read = (tenantId: string, position: string | null, { limit = 200, types }: { limit?: number; types?: string[] } = {}): Promise<LogRead> =>
  databases.tenant({ tenantId, readOnly: true }, (db) => readLog(db, tenantId, position, { limit, types }));
const typesOf = ({ events }: LogRead): string[] => events.map(({ type }) => type);

test('what was announced first and committed last is read, though a later number was read before', async () => {
  const tenant = newId();
  const { position } = await read(tenant, null);
  await begin(0);
  await announce(0, tenant, 'lamp.first');
  await announce(1, tenant, 'lamp.second');
  const second = await read(tenant, position);
  expect(typesOf(second)).toEqual(['lamp.second']);
  await commit(0);
  const first = await read(tenant, second.position);
  expect(typesOf(first)).toEqual(['lamp.first']);
  expect(typesOf(await read(tenant, first.position))).toEqual([]);
  expect(typesOf(await read(tenant, second.events[0]!.position)), 'from behind the event itself').toEqual(['lamp.first']);
});

test('what was rolled back is not waited for, and another tenant’s is not read', async () => {
  const [mine, other] = [newId(), newId()];
  const { position } = await read(mine, null);
  await begin(0);
  await announce(0, mine, 'lamp.undone');
  await announce(1, other, 'lamp.foreign');
  await announce(1, mine, 'lamp.lit');
  await commit(0, 'rollback');
  expect(typesOf(await read(mine, position))).toEqual(['lamp.lit']);
});

test('pages go on within what was there when the first was read, and then to what came since', async () => {
  const tenant = newId();
  for (const n of [1, 2, 3]) await announce(0, tenant, `lamp.${n}`);
  const first = await read(tenant, LOG_START, { limit: 2 });
  expect([typesOf(first), first.more]).toEqual([['lamp.1', 'lamp.2'], true]);
  await announce(0, tenant, 'lamp.4');
  const second = await read(tenant, first.position, { limit: 2 });
  expect([typesOf(second), second.more]).toEqual([['lamp.3'], true]);
  const third = await read(tenant, second.position, { limit: 2 });
  expect([typesOf(third), third.more]).toEqual([['lamp.4'], false]);
  expect(typesOf(await read(tenant, LOG_START, { types: ['lamp.2', 'lamp.4'] }))).toEqual(['lamp.2', 'lamp.4']);
});

test('a position that is none begins at now', async () => {
  const tenant = newId();
  await announce(0, tenant, 'lamp.old');
  for (const wrong of ['', '7', '5:3:', '1:5:7', '1:9:4.3', '1:1:-1:1:', "1:1:'", `1:1:${'1.'.repeat(5_000)}1`]) {
    expect(isLogPosition(wrong)).toBe(false);
    expect(typesOf(await read(tenant, wrong))).toEqual([]);
  }
});

test('however transactions begin, announce and end, each event that was committed is read once', { timeout: 120_000 }, async () => {
  const act = fc.record({ writer: fc.nat(3), act: fc.constantFrom('announce', 'announce', 'commit', 'rollback', 'read'), limit: fc.integer({ min: 1, max: 3 }) }); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (script) => {
      const tenant = newId();
      const open = new Map<number, string[]>();
      const committed: string[] = [];
      const seen: string[] = [];
      let { position } = await read(tenant, null);
      const look = async (limit: number): Promise<boolean> => {
        const page = await read(tenant, position, { limit });
        seen.push(...typesOf(page));
        // As a stream does that is cut off and goes on from the last event that it got.
        position = page.events.at(-1)?.position ?? page.position;
        return page.more;
      };
      for (const [at, { writer, act: what, limit }] of script.entries()) {
        if (what === 'read') await look(limit);
        else if (what === 'announce') {
          if (!open.has(writer)) await begin(writer);
          const type = `lamp.n${at}`;
          await announce(writer, tenant, type);
          open.set(writer, [...(open.get(writer) ?? []), type]);
        } else if (open.has(writer)) {
          await commit(writer, what);
          if (what === 'commit') committed.push(...open.get(writer)!);
          open.delete(writer);
        }
      }
      for (const writer of open.keys()) await commit(writer, 'rollback');
      while (await look(2));
      expect(seen.toSorted()).toEqual(committed.toSorted());
    }),
    { numRuns: 60 },
  );
});
