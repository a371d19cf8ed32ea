import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { migrate } from '#kernel/migrate.ts';
import { testMasterKey } from '#test/clone.ts';
import { governance } from '../index.ts';

const FILES = new URL('../migrations/', import.meta.url);

/** The module with its migrations up to a number, in a folder of their own. */
function upTo(number: number, folder: string) {
  for (const file of readdirSync(fileURLToPath(FILES)))
    if (Number(file.slice(0, 4)) <= number) copyFileSync(new URL(file, FILES), join(folder, file));
  return { ...governance, after: [], migrations: pathToFileURL(`${folder}/`) };
}

test('requests of the time when rules asked for a number of people ask for trees afterwards, and are still found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-approvals-'));
  const name = `old_${randomBytes(6).toString('hex')}`;
  const root = new pg.Client({ connectionString: inject('databaseUrl') });
  await root.connect();
  await root.query(`create database ${name}`);
  await root.end();
  const url = Object.assign(new URL(inject('databaseUrl')), { pathname: `/${name}` }).href;
  const client = new pg.Client({ connectionString: url });
  try {
    const masterKey = testMasterKey();
    await migrate(url, [upTo(1, folder)], { masterKey });
    await client.connect();
    const [tenant, change] = [newId(), newId()];
    const rules = JSON.stringify([{ rule: 'a', text: 'A.', count: 2 }, { rule: 'b', text: 'B.', count: 1 }]); // prettier-ignore
    await client.query(
      `insert into changes (tenant_id, id, number, operation, summary, state, risk, input, input_hash, targets, plan, plan_hash, requirements, requester_id, requester, surface, request_id, decision_id)
       values ($1, $2, 1, 'lamps.burn', 'x', 'awaiting_approval', 'high', '{}', '', '[]', '{}', 'p', $3, 'ann', '{}', 'rest', 'r', $2)`,
      [tenant, change, rules],
    );
    await client.query(
      `insert into approval_requests (tenant_id, id, change_id, plan_hash, status, requirements, needed, expires_at) values ($1, $2, $2, 'p', 'pending', $3, 2, now())`,
      [tenant, change, rules],
    );
    await migrate(url, [upTo(9_999, folder)], { masterKey });
    const trees = [
      { rule: 'a', text: 'A.', need: { who: 'scopeApprovers', count: 2 } },
      { rule: 'b', text: 'B.', need: { who: 'scopeApprovers', count: 1 } },
    ];
    const { rows: requests } = await client.query('select requirements, requester_id, asks, clock_step, next_step_at from approval_requests');
    expect(requests).toEqual([{ requirements: trees, requester_id: 'ann', asks: ['scope'], clock_step: 3, next_step_at: null }]);
    expect((await client.query('select requirements from changes')).rows).toEqual([{ requirements: trees }]);
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
