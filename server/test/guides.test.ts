import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#kernel/migrate.ts';
import type { Module } from '#kernel/module.ts';
import { defineModule } from '#kernel/module.ts';
import type { Operation } from '#kernel/operation.ts';
import { audit } from '#modules/audit/index.ts';
import { governance } from '#modules/governance/index.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { createWorld, type World } from './world.ts';

const GUIDES = ['add-a-module', 'add-an-operation'];
/** Inside the package, so that its import paths hold. */
const folder = new URL(`.guide-${process.pid}/`, import.meta.url);

let world: World;
let operations: Record<string, Operation>;

beforeAll(async () => {
  for (const guide of GUIDES) {
    const text = await readFile(new URL(`../../docs/guides/${guide}.md`, import.meta.url), 'utf8');
    for (const [, file, code] of text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)) {
      const path = fileURLToPath(new URL(file!, folder));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, code!);
    }
  }
  const load = (file: string) => import(pathToFileURL(fileURLToPath(new URL(file, folder))).href) as Promise<Record<string, unknown>>;
  const door = await load('index.ts');
  const { notesDelete } = await load('operations/notes.delete.ts');
  operations = { ...(door as Record<string, Operation>), notesDelete: notesDelete as Operation };
  const notes = door['notes'] as Module;
  const module = defineModule({ ...notes, operations: [...notes.operations, notesDelete as Operation] });
  const databaseUrl = await cloneDatabase();
  await migrate(databaseUrl, [governance, audit, module], { masterKey: testMasterKey() });
  world = await createWorld({ modules: [module], databaseUrl });
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the module of the guide works: a note is written, listed within reach, and seen by nobody else', async () => {
  const { notesCreate, notesList } = operations as { notesCreate: Operation; notesList: Operation };
  const alice = world.as();
  expect(await world.done(notesCreate, { text: 'Call the fibre crew', environment: 'lab' }, alice)).toMatchObject({ environment: 'lab' });
  expect(await world.done(notesList, {}, alice)).toMatchObject({ items: [{ text: 'Call the fibre crew' }] });
  expect(await world.done(notesList, {}, world.as({ tenant: 'b' }))).toEqual({ items: [], nextCursor: null });
  expect(await world.done(notesList, {}, world.as({ scope: { any: [{ environments: ['prod'] }] } }))).toMatchObject({ items: [] });
  expect((await world.refused(notesCreate, { text: '' }, alice)).slug).toBe('validation-failed');
  expect((await world.refused(notesCreate, { text: 'x' }, world.as({ permissions: ['notes:read'] }))).slug).toBe('permission-denied');
});

test('the operation of the guide works: it waits for an approval, then deletes', async () => {
  const { notesCreate, notesDelete, notesList } = operations as { notesCreate: Operation; notesDelete: Operation; notesList: Operation };
  const [alice, bob] = [world.as({ name: 'alice' }), world.as({ name: 'bob' })];
  const note = (await world.done(notesCreate, { text: 'to go' }, alice)) as { id: string };
  expect(await world.call(notesDelete, { id: note.id }, alice, { dryRun: true })).toMatchObject({
    status: 'planned',
    plan: { dataLoss: 'the note' },
  });
  const change = await world.accepted(notesDelete, { id: note.id }, alice);
  expect(change.state).toBe('awaiting_approval');
  await world.approve(change, bob);
  expect((await world.settled(change, alice)).state).toBe('succeeded');
  expect(JSON.stringify(await world.done(notesList, {}, alice))).not.toContain('to go');
  expect((await world.refused(notesDelete, { id: note.id }, alice)).slug).toBe('not-found');
});
