import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { grantsCreate, rolesList } from '#modules/access/index.ts';
import { serviceAccountsCreate, serviceAccountsList } from '#modules/identity/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer } from '#test/lamps.ts';
import { workflows } from './index.ts';
import { workflowsCreate } from './operations/workflows.create.ts';
import { workflowsPublish } from './operations/workflows.publish.ts';
import { workflowsUpdate } from './operations/workflows.update.ts';
import { callingGraph, link, nodeOf } from './testing.ts';
import type { Graph } from './graph.ts';

const none = async (): Promise<void> => undefined;
const references = provide(SecretReferences, {
  check: none,
  link: none,
  rename: none,
  unlink: none,
  resolve: async (_db, _use, texts) => [...texts],
});

let company: Company;
let roles: Map<string, string>;
beforeAll(async () => {
  company = await createCompany({ modules: [workflows, lampModule], adapters: [provide(LampPort, lampServer()), references], works: true });
  roles = new Map((await company.done(rolesList, {}, company.key('olivia'))).items.map(({ key, id }) => [key, id]));
});
afterAll(() => company.close());

const carried = async (operation: Operation, input: object) =>
  (await company.carriedOut(await company.call(operation, input, company.key('olivia')), company.key('priya'))).state;

test('workflows 65: An editor cannot publish a service workflow with rights beyond the editor’s own', async () => {
  expect(await carried(serviceAccountsCreate, { name: 'Night shift' })).toBe('succeeded');
  const { id: account } = (await company.done(serviceAccountsList, {}, company.key('olivia'))).items.find(({ name }) => name === 'Night shift')!;
  const give = (scope: object) => carried(grantsCreate, { subjectId: account, roleId: roles.get('admin'), scope, reason: 'the test asks' });
  expect(await give({ all: true })).toBe('succeeded');
  const made = async (who: string, operation: string, input: Record<string, string>) =>
    from(who, callingGraph({ mode: 'manual' }, [{ operation, input }]));
  const from = async (who: string, graph: Graph) => {
    const { id } = await company.done(workflowsCreate, { name: `As a service by ${who}`, graph, settings: { runAs: 'service' } }, company.key(who));
    await company.done(workflowsUpdate, { id, serviceAccountId: account }, company.key(who));
    return id;
  };
  // A developer holds nothing over lamps; the service account does.
  const beyond = await made('dana', 'lamps.name', { name: 'hall' });
  const refusal = await company.call(workflowsPublish, { id: beyond }, company.key('dana')).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ slug: expect.stringMatching(/^(service-rights-missing|workflow-invalid)$/) as string });
  expect(await company.slugOf(workflowsPublish, { id: await made('dana', 'lamps.burn', { hall: 'x' }) }, company.key('dana'))).toMatch(
    /^(service-rights-missing|workflow-invalid)$/,
  );
  // What both may do is given without more.
  const within = await made('dana', 'roles.list', {});
  expect(await company.done(workflowsPublish, { id: within }, company.key('dana'))).toMatchObject({
    number: 1,
    active: true,
    serviceAccountId: account,
  });
  expect(await company.done(workflowsPublish, { id: beyond }, company.key('olivia'))).toMatchObject({ number: 1, serviceAccountId: account });
  // Neither does it by a node of another kind, nor by a part of it that acts on the authority of the whole.
  const [begin, batch] = [nodeOf('begin', 'trigger', { mode: 'manual' }), nodeOf('batch', 'maintenance', { operation: 'lamps.name', targets: { items: 'input' }, rollback: 'none' })]; // prettier-ignore
  expect(await company.slugOf(workflowsPublish, { id: await from('dana', { nodes: [begin, batch], connections: [link(begin, batch)] }) }, company.key('dana'))).toMatch(/^(service-rights-missing|workflow-invalid)$/); // prettier-ignore
  const part = async (operation: string, input: Record<string, string>) =>
    company.done(
      workflowsCreate,
      { name: `Part ${operation}`, graph: callingGraph({ mode: 'workflow' }, [{ operation, input }]) },
      company.key('dana'),
    );
  const [lamp, list] = [await part('lamps.name', { name: 'hall' }), await part('roles.list', {})];
  for (const { id } of [lamp, list]) expect(await company.done(workflowsPublish, { id }, company.key('dana'))).toMatchObject({ number: 1 });
  const whole = (workflow: string): Graph => {
    const [start, call] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('call', 'sub_workflow', { workflow })];
    return { nodes: [start, call], connections: [link(start, call)] };
  };
  expect(await company.slugOf(workflowsPublish, { id: await from('dana', whole(lamp.slug)) }, company.key('dana'))).toBe('service-rights-missing');
  expect(await company.done(workflowsPublish, { id: await from('dana', whole(list.slug)) }, company.key('dana'))).toMatchObject({ number: 1 });
  // Nor by what is put into the part afterwards.
  const draft = callingGraph({ mode: 'workflow' }, [{ operation: 'lamps.name', input: { name: 'hall' } }]);
  await company.done(workflowsUpdate, { id: list.id, draft }, company.key('dana'), { envelope: { ifMatch: '*' } });
  expect(await company.slugOf(workflowsPublish, { id: list.id }, company.key('dana'))).toBe('service-rights-missing');
  const { id: unnamed } = await company.done(workflowsCreate, { name: 'Nobody', settings: { runAs: 'service' } }, company.key('dana'));
  expect(await company.slugOf(workflowsPublish, { id: unnamed }, company.key('dana'))).toBe('service-account-required');
});
