import { expect, test } from 'vitest';
import type { Match, Simulation } from '../types.ts';
import { emptyDraft, simulationBody } from './draft.ts';
import { testCase } from './test-case.ts';

const match = (policy: string, effect: string): Match => ({
  policy,
  effect,
  type: 'deny',
  version: '1',
  layer: 'tenant',
  enforcement: 'enforce',
  text: '',
});

test('a simulation becomes a test of one set: what was given, and which of its rules speak', () => {
  const simulation = {
    facts: {
      operation: { name: 'servers.delete', risk: 'high', permission: 'servers:delete' },
      user: { id: 'u', email: 'dana@acme.test', roles: ['developer'], teams: [] },
      actor: { kind: 'agent', surface: 'mcp', chain: [] },
      resources: [{ type: 'server', id: 's', name: 'web-1', environment: 'prod', labels: {}, lastChangeAt: '2026-01-01T00:00:00Z' }],
      change: { comment: null, emergency: false },
      now: '2026-01-07T12:00:00Z',
    },
    ruling: { matched: [match('guard/no', 'deny'), match('guard/other', 'none'), match('baseline/high-risk', 'require')] },
  } as unknown as Simulation;
  const [name, given, expected] = testCase(simulation, 'guard', 'an agent deletes').trimEnd().split('\n');
  expect(name).toBe('    - name: "an agent deletes"');
  expect(JSON.parse(given!.trim().slice('given: '.length))).toEqual({
    operation: 'servers.delete',
    risk: 'high',
    user: { roles: ['developer'] },
    actor: { kind: 'agent', surface: 'mcp' },
    resources: [{ type: 'server', id: 's', environment: 'prod', labels: {} }],
    now: '2026-01-07T12:00:00Z',
  });
  expect(JSON.parse(expected!.trim().slice('expect: '.length))).toEqual({ matched: ['no'], notMatched: ['other'] });
});

test('what is left empty is not asked, so that the server fills it in', () => {
  const draft = emptyDraft('servers.stop', undefined, undefined);
  expect(simulationBody(draft, {})).toEqual({ operation: 'servers.stop', parameters: {}, actorKind: 'user', surface: 'web', with: {} });
  const full = { ...draft, userId: 'u', setId: 's', version: '3', comment: ' why ', targets: [{ type: 'server', id: 'x', environment: '' }, { type: '', id: '', environment: '' }] }; // prettier-ignore
  expect(simulationBody(full, {})).toMatchObject({ userId: 'u', setId: 's', version: 3, with: { comment: 'why' }, targets: [{ type: 'server', id: 'x' }] }); // prettier-ignore
});
