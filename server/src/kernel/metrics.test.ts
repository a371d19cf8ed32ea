import { expect, test } from 'vitest';
import type { Databases } from './database.ts';
import { createMetrics } from './metrics.ts';

const databases = { usage: () => ({ total: 3, idle: 1, waiting: 0 }) } as unknown as Databases;
const lines = async (metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> =>
  (await metrics.text()).body.split('\n').filter((line) => line.startsWith(`${name}{`));

test('providers, looks at domains and what modules count are told by label', async () => {
  let states = new Map([['pending', 2], ['accepted', 5]]); // prettier-ignore
  const metrics = createMetrics(databases, () => undefined, [{ name: 'sy_invitations', help: 'x', label: 'state', read: async () => states }]);
  metrics.idp('google', true);
  metrics.idp('github', true);
  metrics.idp('github', false);
  for (const outcome of ['found', 'missing', 'missing'] as const) metrics.domainCheck(outcome);
  expect(await lines(metrics, 'sy_idp_up')).toEqual(['sy_idp_up{provider="google"} 1', 'sy_idp_up{provider="github"} 0']);
  expect(await lines(metrics, 'sy_domain_checks_total')).toEqual([
    'sy_domain_checks_total{outcome="found"} 1',
    'sy_domain_checks_total{outcome="missing"} 2',
  ]);
  expect(await lines(metrics, 'sy_invitations')).toEqual(['sy_invitations{state="pending"} 2', 'sy_invitations{state="accepted"} 5']);
  states = new Map([['pending', 1]]); // those that are gone are not shown with their last figure
  expect(await lines(metrics, 'sy_invitations')).toEqual(['sy_invitations{state="pending"} 1']);
});

test('a figure that cannot be read leaves the others standing', async () => {
  const metrics = createMetrics(databases, () => undefined, [{ name: 'sy_invitations', help: 'x', label: 'state', read: () => Promise.reject(new Error('down')) }]);
  expect(await lines(metrics, 'sy_invitations')).toEqual([]);
  expect(await lines(metrics, 'sy_database_connections')).toContain('sy_database_connections{state="idle"} 1');
}); // prettier-ignore

test('what happens to executions of workflows is told, and names no tenant', async () => {
  const metrics = createMetrics(databases, () => undefined);
  const { workflows } = metrics;
  workflows.node('http_api', 0.2);
  workflows.tool('completed');
  workflows.inDoubt();
  workflows.egressDenied();
  for (const seconds of [0.002, 3]) {
    workflows.late(seconds);
    workflows.script(seconds);
  }
  expect(await lines(metrics, 'workflow_node_seconds_count')).toEqual(['workflow_node_seconds_count{type="http_api"} 1']);
  expect(await lines(metrics, 'agent_tool_calls_total')).toEqual(['agent_tool_calls_total{outcome="completed"} 1']);
  const { body } = await metrics.text();
  for (const line of ['workflow_in_doubt_total 1', 'egress_denied_total 1', 'workflow_schedule_lag_seconds_count 2', 'code_sandbox_seconds_sum 3.002']) expect(body).toContain(line); // prettier-ignore
});

test('who signs in, and how long ports take, is told by how and by stage, without names', async () => {
  const metrics = createMetrics(databases, () => undefined);
  const entry = (operation: string, result: 'success' | 'denied') => ({ operation, result, timings: {}, reason: null, surface: 'rest' }) as unknown as Parameters<typeof metrics.observe>[0];
  for (const [operation, result] of [['auth.login', 'success'], ['auth.login', 'denied'], ['auth.peeringdb.callback', 'success'], ['auth.passkey.login', 'success'], ['servers.get', 'success'], ['auth.logout', 'success']] as const) metrics.observe(entry(operation, result));
  expect(await lines(metrics, 'sy_auth_total')).toEqual([
    'sy_auth_total{method="auth.login",outcome="success"} 1', 'sy_auth_total{method="auth.login",outcome="denied"} 1',
    'sy_auth_total{method="auth.peeringdb.callback",outcome="success"} 1', 'sy_auth_total{method="auth.passkey.login",outcome="success"} 1',
  ]);
  metrics.requestMoved('pending', 'approved', 90);
  metrics.provisioned('controller', 'failed', 2);
  metrics.applied('confirmed', 7);
  expect(await lines(metrics, 'sy_exchange_request_seconds_sum')).toEqual(['sy_exchange_request_seconds_sum{from="pending",to="approved"} 90']);
  expect(await lines(metrics, 'sy_exchange_provision_seconds_count')).toEqual(['sy_exchange_provision_seconds_count{stage="controller",outcome="failed"} 1']);
  expect(await lines(metrics, 'sy_exchange_rs_apply_seconds_sum')).toEqual(['sy_exchange_rs_apply_seconds_sum{outcome="confirmed"} 7']);
}); // prettier-ignore
