import pg from 'pg';
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '#kernel/log.ts';
import { Mail } from '#kernel/mail.ts';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { taint } from '#kernel/taint.ts';
import { notifications } from '#modules/notifications/index.ts';
import { problemResult } from '#surfaces/mcp/results.ts';
import { cloneDatabase } from './clone.ts';
import { mailsIn } from './mailbox.ts';
import { createWorld, type Person, type World } from './world.ts';

/** With characters that every encoding writes in its own way. */
const SECRET = 'tr0ub4dor & "three"/\\ünïcode+§';
const FORMS = {
  raw: SECRET,
  'in JSON': JSON.stringify(SECRET).slice(1, -1),
  'in JSON in JSON': JSON.stringify(JSON.stringify(SECRET)).slice(3, -3),
  base64: Buffer.from(SECRET).toString('base64'),
  base64url: Buffer.from(SECRET).toString('base64url'),
  'URL-encoded': encodeURIComponent(SECRET),
  'as a form has it': new URLSearchParams([['', SECRET]]).toString().slice(1),
};
/** Everything that an outside system could answer with, in one text. */
const said = (): string => `refused: ${Object.values(FORMS).join(' ; ')}`;

const input = z.object({ how: z.enum(['fail', 'speak']) });
const plan = { summary: 'a leak', changes: [] };
const leaks = defineModule({
  name: 'leaks',
  operations: [
    defineOperation({
      name: 'leaks.print', summary: 'Print a secret', permission: 'leaks:print', risk: 'write', runs: 'job', targets: 'none', input, output: z.object({ text: z.string() }), plan: () => plan,
      async execute(work, { how }) {
        taint(SECRET, 'DB_PASSWORD', work.tenantId);
        await work.log(said(), 'error');
        await work.progress(50, said());
        await work.step('say', said(), async () => undefined);
        await work.tx(async ({ emit, db }) => {
          emit('leaks.printed', { text: said(), list: [{ [SECRET]: said() }] });
          await work.provider(Mail).send(db, { to: 'a@example.com', template: 'member-removed', data: { name: 'Ann', tenant: said() } });
        });
        if (how === 'fail') throw new Problem('invalid-transition', said(), { answer: { body: said() } });
        return { text: said() };
      },
    }),
    defineOperation({
      name: 'leaks.tell', summary: 'Tell a secret', permission: 'leaks:tell', risk: 'read', targets: 'none', input: z.object({}), output: z.object({}),
      run({ tenantId }) {
        taint(SECRET, 'DB_PASSWORD', tenantId);
        throw new Problem('invalid-transition', said(), { errors: [{ pointer: '/x', message: said() }] });
      },
    }),
  ],
  events: { 'leaks.printed': 'A secret was printed' },
}); // prettier-ignore
const [print, tell] = leaks.operations;

let world: World;
let root: pg.Client;
let ann: Person;
beforeAll(async () => {
  const databaseUrl = await cloneDatabase();
  world = await createWorld({ modules: [leaks, notifications], databaseUrl });
  root = new pg.Client({ connectionString: databaseUrl });
  await root.connect();
  ann = world.as({ name: 'ann' });
});
afterAll(async () => {
  await root.end();
  await world.close();
});

const found = (text: string): string[] => Object.entries(FORMS).flatMap(([name, form]) => (text.includes(form) ? [name] : []));

/** Every row of every table, as text; also of the queue. */
async function everything(): Promise<string> {
  const { rows } = await root.query<{ name: string }>(`select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'auth', 'pgboss')`); // prettier-ignore
  let all = '';
  for (const { name } of rows) all += (await root.query<{ rows: string }>(`select coalesce(string_agg(to_jsonb(t)::text, E'\n'), '') as rows from ${name} t`)).rows[0]!.rows; // prettier-ignore
  return all;
}

test('platform 102: Given a secret printed by a job, when logs, audit, webhooks and problems are searched for it raw, base64 and URL-encoded, then nothing is found', async () => {
  for (const how of ['fail', 'speak']) {
    const passed = await world.call(print!, { how }, ann, { comment: `because of ${said()}` });
    if (passed.status !== 'accepted') throw new Error(passed.status);
    await expect.poll(async () => (await root.query<{ state: string }>('select state from changes where id = $1', [passed.change.id])).rows[0]!.state, { timeout: 60_000 }).toMatch(/succeeded|failed/); // prettier-ignore
  }
  const refusal = await world.refused(tell!, {}, ann);
  expect(found(JSON.stringify(refusal.toJSON('r')))).toEqual([]);
  expect(found(JSON.stringify(problemResult(refusal, 'r')))).toEqual([]);
  expect(refusal.message).toContain('[secret:DB_PASSWORD]');
  await world.audit.flush();

  const rows = await everything();
  // What was searched is what was written: every place has its mask.
  for (const table of ['events', 'change_log', 'change_steps', 'changes', 'audit_entries']) {
    const { rows: all } = await root.query<{ text: string }>(`select coalesce(string_agg(to_jsonb(t)::text, ''), '') as text from ${table} t`);
    expect(all[0]!.text, table).toContain('[secret:DB_PASSWORD]');
  }
  // The person's own comment stays with their Change, as they wrote it; the first was written before the job had the secret.
  const own = (await root.query<{ comment: string }>('select comment from changes')).rows.map(({ comment }) => comment);
  expect(found(own.reduce((text, comment) => text.replaceAll(JSON.stringify(comment).slice(1, -1), ''), rows))).toEqual([]);
  expect(found(JSON.stringify(await mailsIn(world)))).toEqual([]);

  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  log.error({ err: new Error(said(), { cause: refusal }), answer: { body: said(), [SECRET]: 1 } }, said());
  log.info({ tenantId: ann.actor.tenantId, url: `https://x:${encodeURIComponent(SECRET)}@host/` }, 'request');
  expect(found(lines.join(''))).toEqual([]);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ app: 'switchyard', level: expect.any(String), time: expect.any(String) });
}, 60_000);

test('another tenant sees what it writes itself, whatever the first one’s secret is', async () => {
  taint('another-tenants-secret', 'API_KEY', ann.actor.tenantId);
  const bea = world.as({ name: 'bea', tenant: 'b' });
  await world.call(tell!, {}, bea, { comment: 'it is another-tenants-secret' }).catch(() => undefined);
  await world.audit.flush();
  const { rows } = await root.query<{ comment: string }>('select comment from audit_entries where tenant_id = $1', [bea.actor.tenantId]);
  expect(rows).toEqual([{ comment: 'it is another-tenants-secret' }]);
});
