import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/context.ts';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { grantsCreate, rolesList } from '#modules/access/index.ts';
import { serviceAccountsCreate, serviceAccountsList } from '#modules/identity/index.ts';
import { ai, aiSettingsUpdate } from '#modules/ai/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer } from '#test/lamps.ts';
import { bounded } from './engine/chain.ts';
import { executionsList } from './executions/operations/executions.list.ts';
import { executionsRetry } from './executions/operations/executions.retry.ts';
import { workflowsExecute } from './executions/operations/workflows.execute.ts';
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
  limits: async () => [],
});

let company: Company;
let roles: Map<string, string>;
beforeAll(async () => {
  company = await createCompany({ modules: [ai, workflows, lampModule], adapters: [provide(LampPort, lampServer()), references], works: true });
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

test('a workflow that runs as an account hears of what that account may read, and of nothing that whoever publishes it may not', async () => {
  const account = async (name: string, role: string): Promise<string> => {
    expect(await carried(serviceAccountsCreate, { name })).toBe('succeeded');
    const { id } = (await company.done(serviceAccountsList, {}, company.key('olivia'))).items.find((one) => one.name === name)!;
    expect(await carried(grantsCreate, { subjectId: id, roleId: roles.get(role), scope: { all: true }, reason: 'the test asks' })).toBe('succeeded');
    return id;
  };
  const [deaf, mighty] = [await account('Hears little', 'viewer'), await account('Hears much', 'admin')];
  const publishing = async (who: string, as: string, types: string[], more: Record<string, string[]> = {}) => {
    const [start, wait] = [nodeOf('start', 'trigger', { mode: 'event', types }), nodeOf('wait', 'wait_event', { types: more['types'] ?? ['custom.go'] })];
    const { id } = await company.done(workflowsCreate, { name: `Hears as ${as}`, graph: { nodes: [start, wait], connections: [link(start, wait)] }, settings: { runAs: 'service' } }, company.key(who));
    await company.done(workflowsUpdate, { id, serviceAccountId: as }, company.key(who));
    return company.call(workflowsPublish, { id }, company.key(who)).then(({ status }) => status, ({ slug, message }: { slug: string; message: string }) => `${slug}: ${message}`);
  };
  expect(await publishing('olivia', deaf, ['policy.violated'])).toContain('Hears little may not read what "policy.violated" is about');
  expect(await publishing('olivia', deaf, ['custom.order.paid', 'execution.failed'])).toBe('done');
  // A developer does not read the audit trail; by listening as somebody who does, they would.
  expect(await publishing('dana', mighty, ['auth.*'])).toMatch(/service-rights-missing: .*would hear of what you may not read.*auth\./);
  expect(await publishing('dana', mighty, ['custom.a'], { types: ['auth.mfa_disabled'] })).toMatch(/would hear of what you may not read/);
  expect(await publishing('dana', mighty, ['workflow.*'])).toBe('done');
  expect(await publishing('olivia', mighty, ['auth.*'])).toBe('done');
}); // prettier-ignore

test('where the tenant’s rules want budgets, an agent without one is not published', async () => {
  const publishing = async (config: Record<string, number | string>, settings: Record<string, object> = {}) => {
    const [start, agent] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('agent', 'ai_agent', { goal: 'Sort it', model: 'mock/scripted', ...(config['tokens'] ? { budget: config } : {}) })];
    const { id } = await company.done(workflowsCreate, { name: 'Sorts', graph: { nodes: [start, agent], connections: [link(start, agent)] }, settings }, company.key('olivia'));
    return company.call(workflowsPublish, { id }, company.key('olivia')).then(({ status }) => status, ({ message }: { message: string }) => message);
  };
  await company.call(aiSettingsUpdate, { budgetsRequired: true }, company.key('olivia'));
  expect(await publishing({})).toContain('demand a budget');
  expect(await publishing({ tokens: 5_000 })).toBe('done');
  expect(await publishing({}, { budgets: { tokens: 5_000 } })).toBe('done');
  await company.call(aiSettingsUpdate, { budgetsRequired: false }, company.key('olivia'));
  expect(await publishing({})).toBe('done');
}); // prettier-ignore

describe('workflows 8.5: a workflow that another one calls acts with what both may do', () => {
  const account = async (name: string, role: string): Promise<string> => {
    expect(await carried(serviceAccountsCreate, { name })).toBe('succeeded');
    const { id } = (await company.done(serviceAccountsList, {}, company.key('olivia'))).items.find((one) => one.name === name)!;
    expect(await carried(grantsCreate, { subjectId: id, roleId: roles.get(role), scope: { all: true }, reason: 'the test asks' })).toBe('succeeded');
    return id;
  };
  const published = async (name: string, graph: Graph, as?: string): Promise<{ id: string; slug: string }> => {
    const settings = as === undefined ? {} : { settings: { runAs: 'service' } };
    const made = await company.done(workflowsCreate, { name, graph, ...settings }, company.key('olivia'));
    if (as !== undefined) await company.done(workflowsUpdate, { id: made.id, serviceAccountId: as }, company.key('olivia'));
    expect(await company.done(workflowsPublish, { id: made.id }, company.key('olivia'))).toMatchObject({ active: true });
    return made;
  };
  const naming = (lamp: string): Graph => callingGraph({ mode: 'workflow' }, [{ operation: 'lamps.name', input: { name: lamp } }]);
  const calling = (workflow: string): Graph => {
    const [start, call] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('call', 'sub_workflow', { workflow })];
    return { nodes: [start, call], connections: [link(start, call)] };
  };
  const run = (id: string, who: string) => company.done(workflowsExecute, { id, options: { async: false, waitSeconds: 30 } }, company.key(who));
  const lacking = { execution: { status: 'failed' }, error: { type: 'child-failed', details: { error: { type: 'permission-denied' } } } };

  test('a part that runs as a mighty account does for a person only what the person may do', async () => {
    const part = await published('Mighty part', naming('attic'), await account('Mighty', 'admin'));
    const { id } = await published('Whole of anybody', calling(part.slug));
    expect(await run(id, 'dana')).toMatchObject(lacking);
    expect(await run(id, 'olivia')).toMatchObject({ execution: { status: 'completed' } });
  });

  test('a part that is tried again by itself has no more rights than it had within the whole', async () => {
    const part = await published('Mighty once more', naming('porch'), await account('Mighty again', 'admin'));
    const { id } = await published('Whole to be tried again', calling(part.slug));
    expect(await run(id, 'dana')).toMatchObject(lacking);
    const found = async () => (await company.done(executionsList, { workflowId: part.id }, company.key('dana'))).items;
    const [failed] = await found();
    expect(failed).toMatchObject({ status: 'failed', error: { type: 'permission-denied' } });
    const { execution } = await company.done(executionsRetry, { id: failed!.id, reuse: false }, company.key('dana'));
    const again = async () => (await found()).find((one) => one.id === execution.id);
    await expect.poll(again, { timeout: 60_000 }).toMatchObject({ status: 'failed', error: { type: 'permission-denied' } });
  });

  test('an error workflow lends its account to what failed only where its trigger says that failures begin it', async () => {
    const mighty = await account('Mighty after failures', 'admin');
    const graph = (mode: string, lamp: string): Graph => callingGraph({ mode }, [{ operation: 'lamps.name', input: { name: lamp } }]);
    const [willing, unasked] = [await published('After failures', graph('error', 'stairs'), mighty), await published('By hand', graph('manual', 'safe'), mighty)];
    for (const [handler, status] of [[willing, 'completed'], [unasked, 'failed']] as const) {
      const [start, stop] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('stop', 'fail', { message: 'no' })];
      const made = await company.done(workflowsCreate, { name: `Fails for ${handler.slug}`, graph: { nodes: [start, stop], connections: [link(start, stop)] }, settings: { errorWorkflowId: handler.id } }, company.key('dana'));
      await company.done(workflowsPublish, { id: made.id }, company.key('dana'));
      expect(await run(made.id, 'dana')).toMatchObject({ execution: { status: 'failed' } });
      const ended = async () => (await company.done(executionsList, { workflowId: handler.id }, company.key('olivia'))).items[0]?.status;
      await expect.poll(ended, { timeout: 60_000 }).toBe(status);
    }
  }); // prettier-ignore

  test('a part that runs as an account with few rights has no more of them under somebody mighty', async () => {
    const part = await published('Weak part', naming('cellar'), await account('Weak', 'viewer'));
    const { id } = await published('Whole of the owner', calling(part.slug));
    expect(await run(id, 'olivia')).toMatchObject(lacking);
  });

  test('a part of a part is bound by all above it', async () => {
    const mighty = await account('Mighty too', 'admin');
    const deepest = await published('Deepest', naming('roof'), mighty);
    const both = [nodeOf('start', 'trigger', { mode: 'workflow' }), nodeOf('call', 'sub_workflow', { workflow: deepest.slug })];
    const callable = await published('Middle', { nodes: both, connections: [link(both[0]!, both[1]!)] }, await account('Weak too', 'viewer')); // prettier-ignore
    const { id } = await published('Above all', calling(callable.slug));
    const ended = await run(id, 'olivia');
    expect(ended).toMatchObject({ execution: { status: 'failed' }, error: { type: 'child-failed' } });
    expect(JSON.stringify(ended.error)).toContain('permission-denied');
  });
});

test('who acts for others too is bound by each of them once, and by nobody else', () => {
  const actor = (id: string, credentialId: string | null = null): Actor => ({ kind: 'user', id, name: id, email: null, tenantId: 't', tenantSlug: 't', credentialId, permissionCap: null, ip: null }); // prettier-ignore
  const [ana, bot, other] = [actor('ana'), actor('bot'), actor('other')];
  expect(bounded(bot, ana)).toEqual({ ...bot, within: [ana] });
  expect(bounded(ana, ana)).toEqual(ana);
  expect(bounded(other, bounded(bot, ana)).within).toEqual([ana, bot]);
  // The same person by a key has another cap.
  expect(bounded(actor('ana', 'key'), ana).within).toEqual([ana]);
  expect(bounded(bot, bounded(bot, ana)).within).toEqual([ana]);
});
