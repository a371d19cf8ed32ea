import { expect, test } from 'vitest';
import { agentView } from './schemas.ts';

const record = {
  id: '0197a1b2-0000-7000-8000-000000000001', clientId: 'swc_1', name: 'Agent', kind: 'dynamic' as const, host: 'localhost', risk: 'read' as const,
  endpoint: 'https://sy.example/mcp', person: { id: '0197a1b2-0000-7000-8000-000000000002', name: 'Ada' }, createdAt: new Date(0), lastUsedAt: null,
}; // prettier-ignore

test.each([
  ['192.0.2.17', '192.0.2.x'],
  ['::ffff:192.0.2.17', '192.0.2.x'],
  ['2001:db8::17', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  [null, null],
])('of the address %s that an agent called from, people see %s', (lastUsedIp, shown) => {
  expect(agentView({ ...record, lastUsedIp }).lastUsedIp).toBe(shown);
});
