import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf } from '#kernel/port.ts';
import { createCompany, type Company } from '#test/company.ts';
import { authMe } from '#modules/identity/operations/auth.me.ts';
import { follow, genesis, type Kind } from '../chain/links.ts';
import { contentHash, type EntryRecord } from '../chain/record.ts';
import { auditPull } from '../index.ts';
import { Evidence } from '../providers/port.ts';

let company: Company;
let tenantId: string;
beforeAll(async () => {
  company = await createCompany();
  tenantId = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());

const sealed = async (): Promise<void> => {
  await company.audit.flush();
  await providerOf(company.adapters)(Evidence).seal();
};
const pull = (input: object = {}, who = 'olivia') => company.done(auditPull, input, company.key(who));

test('the trail is taken page by page in the order of the chain, and whoever takes it can recompute every link', async () => {
  for (let n = 0; n < 7; n++) {
    await company.done(authMe, {}, company.key('dana'));
    await sealed();
  }
  const taken: { seq: number; hash: string; entry: Record<string, unknown> }[] = [];
  let cursor: string | undefined;
  for (let more = true; more;) {
    const page = await pull({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    taken.push(...page.items);
    ({ nextCursor: cursor, more } = page);
  }
  expect(taken.length).toBeGreaterThanOrEqual(7);
  expect(taken.map(({ seq }) => seq)).toEqual(taken.map((_, n) => n + 1));
  let head = genesis(tenantId);
  for (const { seq, hash, entry } of taken) {
    const record = entry as unknown as EntryRecord;
    const kind: Kind = record.kept === 'reads' ? 'r' : 'e';
    head = follow(head, { seq, id: record.id, kind, content: contentHash(record) });
    expect(hash).toBe(head.toString('hex'));
  }
  // What comes in between is there with the next page, and nothing twice.
  await sealed();
  const next = await pull({ cursor });
  expect(next.items.map(({ seq }) => seq)).toEqual(next.items.map((_, n) => taken.length + n + 1));
  expect(next.items.map(({ entry }) => entry['operation'])).toContain('audit.pull');
});

test('reads of nothing sensitive are left out for those who want evidence, and the cursor moves past them', async () => {
  await sealed();
  const start = (await pull({ limit: 1_000 })).nextCursor;
  await sealed();
  await company.done(authMe, {}, company.key('dana'));
  await sealed();
  const all = await pull({ cursor: start });
  const evidence = await pull({ cursor: start, entries: 'evidence' });
  const kinds = (page: typeof all) => page.items.map(({ entry }) => entry['kept']);
  expect(kinds(all)).toContain('reads');
  expect(new Set(kinds(evidence))).toEqual(new Set(['evidence']));
  expect(evidence.nextCursor).toBe(all.nextCursor);
});

test('it takes the right to export, shows one tenant its own chain alone, and refuses cursors that it never gave out', async () => {
  expect(await company.slugOf(auditPull, {}, company.key('dana'))).toBe('permission-denied');
  for (const cursor of ['x', '-1', '1.5', createHash('sha256').digest('hex').slice(0, 16)]) expect(await company.slugOf(auditPull, { cursor }, company.key('olivia'))).toBe('cursor-invalid');
  const { items } = await pull({ limit: 1_000 });
  expect(new Set(items.map(({ entry }) => entry['tenantId']))).toEqual(new Set([tenantId]));
}); // prettier-ignore

test('entries that retention let go are counted and not waited for, also when all of them are gone', async () => {
  await sealed();
  const { items } = await pull({ limit: 5 });
  const [first, second] = items;
  await company.sql('delete from audit_entries where tenant_id = $1 and id = any($2)', [tenantId, [first!.entry['id'], second!.entry['id']]]);
  expect(await pull({ limit: 5 })).toMatchObject({ gone: 2, nextCursor: '5' });
  await providerOf(company.adapters)(Evidence).anchor();
  const [{ last }] = (await company.sql<{ last: number }>('select max(first_seq + count - 1)::int as last from audit_segments where tenant_id = $1', [tenantId])) as [{ last: number }]; // prettier-ignore
  await company.sql('delete from audit_segments where tenant_id = $1', [tenantId]);
  expect(await pull({ cursor: '3', limit: 1 })).toMatchObject({ items: [], gone: last - 3, nextCursor: String(last), more: false });
});
