import { expect, test } from 'vitest';
import { ask, compiled, documentOf, rules } from './testing/sets.ts';
import type { Given } from './types.ts';

test('require-ticket asks for a number that fits', () => {
  const set = rules("{ id: one, type: require-ticket, ticket: { pattern: '^CHG-[0-9]+$' } }");
  expect(ask(set, {}).unmet).toMatchObject([{ slug: 'ticket-required', extras: { patterns: ['^CHG-[0-9]+$'] } }]);
  expect(ask(set, { ticket: 'INC-1' }).unmet).toHaveLength(1);
  expect(ask(set, { ticket: 'CHG-1' }).unmet).toEqual([]);
  expect(ask(set, { dryRun: true }).unmet).toEqual([]);
});

test('of several comments the longest and all patterns are asked for', () => {
  const set = rules(
    '{ id: one, type: require-comment, comment: { minLength: 30 } }',
    '{ id: two, type: require-comment, comment: { pattern: rollback } }',
  );
  expect(ask(set, {}).demands.comment).toEqual({
    rules: ['guardrails/one', 'guardrails/two'],
    minLength: 30,
    patterns: ['rollback'],
    ticketPatterns: [],
  });
  expect(ask(set, { comment: 'this one is long enough, and says nothing else' }).unmet).toHaveLength(1);
  expect(ask(set, { comment: 'this one is long enough, with a rollback' }).unmet).toEqual([]);
});

test('a rate limit says what to count, and does not count itself', () => {
  const limit = (key: string) => rules(`{ id: few, type: rate-limit, rateLimit: { limit: 5, window: 1h, key: [${key}] } }`);
  const call: Given = { user: { id: 'u 1', teams: ['a', 'b'] }, resourcesCount: 2, environment: 'prod', operation: 'servers.create' };
  const keys = (key: string) => ask(limit(key), call).rateLimits.map((one) => one.key.replace('tenant-1/tenant/guardrails/few', ''));
  expect(keys('user')).toEqual(['/user=u%201']);
  expect(keys('operation, environment')).toEqual(['/operation=servers.create/environment=prod']);
  expect(keys('team')).toEqual(['/team=a', '/team=b']);
  expect(keys('user, resource')).toHaveLength(2);
  expect(keys('tenant')).toEqual(['/tenant=tenant-1']);
  expect(ask(limit('user'), call)).toMatchObject({ effect: 'allow', rateLimits: [{ limit: 5, windowSeconds: 3_600, onExceeded: 'rate-limited', enforcement: 'enforce' }] });
}); // prettier-ignore

test('step-up asks for the shortest time and a method all rules know', () => {
  const set = rules('{ id: one, type: require-step-up, stepUp: { within: 15m, amr: [hwk, otp] } }', '{ id: two, type: require-step-up, stepUp: { within: 5m, amr: [hwk] } }');
  const unmet = (mfaAgeSeconds: number | null, amr: string[]) => ask(set, { user: { mfaAgeSeconds, amr } }).unmet.map(({ slug }) => slug);
  expect(ask(set, {}).demands.stepUp).toMatchObject({ withinSeconds: 300, amr: ['hwk'] });
  expect([unmet(299, ['pwd', 'hwk']), unmet(301, ['hwk']), unmet(10, ['otp']), unmet(null, ['hwk'])]).toEqual([[], ['step-up-required'], ['step-up-required'], ['step-up-required']]);
  const none = rules('{ id: one, type: require-step-up, stepUp: { within: 15m, amr: [otp] } }', '{ id: two, type: require-step-up, stepUp: { within: 5m, amr: [hwk] } }');
  expect(ask(none, { user: { mfaAgeSeconds: 1, amr: ['otp', 'hwk'] } }).unmet).toHaveLength(1);
}); // prettier-ignore

test('a dry run counts for so long, and is free itself', () => {
  const set = rules('{ id: one, type: require-dry-run, dryRun: { maxAge: 30m } }');
  const slug = (change: Given) => ask(set, { change }).unmet[0]?.slug;
  expect([slug({}), slug({ dryRunAgeSeconds: 1_801 }), slug({ dryRunAgeSeconds: 1_800 }), slug({ dryRun: true })]).toEqual(['dry-run-required', 'dry-run-required', undefined, undefined]);
}); // prettier-ignore

test('the smallest number of targets and the largest canary hold', () => {
  const set = rules('{ id: one, type: limit-targets, limitTargets: { max: 3 } }', '{ id: two, type: limit-targets, limitTargets: { max: 2 } }', '{ id: ca, type: canary, canary: { targets: 1, pause: 10m } }', '{ id: cb, type: canary, canary: { targets: 4 } }');
  expect(ask(set, { resourcesCount: 3 }).unmet).toMatchObject([{ slug: 'target-limit-exceeded', extras: { max: 2, targets: 3 } }]);
  expect(ask(set, { resourcesCount: 2 })).toMatchObject({ unmet: [], demands: { canary: { targets: 4, pauseSeconds: 600 } } });
}); // prettier-ignore

test('notify tells others and holds nothing up', () => {
  const set = rules('{ id: one, type: notify, severity: critical, notify: { to: ["team:noc", "user:u1"], channels: [slack] }, message: Production is touched. }');
  expect(ask(set, {})).toMatchObject({ effect: 'allow', notify: [{ rule: 'guardrails/one', to: ['team:noc', 'user:u1'], channels: ['slack'], text: 'Production is touched.' }] });
}); // prettier-ignore

test('allow-only: one of those that are about the call must hold, for every resource', () => {
  const set = rules(
    `{ id: lab, type: allow-only, match: { operations: ["devices.*"] }, when: 'environment == "lab"' }`,
    `{ id: mine, type: allow-only, match: { operations: ["devices.*"] }, when: 'resource.owner == user.id' }`,
  );
  const call = (...owners: string[]): Given => ({ operation: 'devices.update', resources: owners.map((owner, at) => ({ type: 'device', id: `d${at}`, environment: 'prod', owner })) });
  expect(ask(set, { ...call('user-1'), environment: 'lab' }).effect).toBe('allow');
  expect(ask(set, call('user-1', 'user-1')).effect).toBe('allow');
  expect(ask(set, call('user-1', 'other'))).toMatchObject({ effect: 'deny', denied: { slug: 'policy-denied' } });
  expect(ask(set, { ...call('other'), operation: 'servers.update' }).matched).toEqual([]);
}); // prettier-ignore

test('a rule about some resources looks at these only', () => {
  const set = rules(`{ id: one, type: deny, match: { resources: { types: [device], labels: { site: "l*" } } }, when: 'resource.name == "a"' }`);
  const device = (name: string, site: string, type = 'device') => ({ type, id: name, name, labels: { site } });
  expect(ask(set, { resources: [device('a', 'lon'), device('b', 'ams')] }).effect).toBe('deny');
  expect(ask(set, { resources: [device('a', 'ams'), device('b', 'lon')] }).effect).toBe('allow');
  expect(ask(set, { resources: [device('a', 'lon', 'server')] }).effect).toBe('allow');
  expect(ask(set, { resources: [] }).matched).toEqual([]);
});

test('matching by who calls and from where', () => {
  const fits = (match: string, given: Given) => ask(rules(`{ id: one, type: deny, match: { ${match} } }`), given).effect === 'deny';
  const user = { id: 'u1', email: 'Anna@Example.org', roles: ['ops_rw'], teams: ['netops'] };
  expect(['users: [u1]', 'users: [anna@example.org]', 'users: ["*@example.org"]', 'roles: [admin, ops_rw]', 'teams: ["net*"]', 'surfaces: [rest]', 'actors: [user]'].map((one) => fits(one, { user }))).toEqual(Array.from({ length: 7 }, () => true));
  expect(['users: [u2]', 'roles: [admin]', 'teams: [dba]', 'surfaces: [mcp]', 'actors: [agent]', 'users: [u1], roles: [admin]'].map((one) => fits(one, { user }))).toEqual(Array.from({ length: 6 }, () => false));
  expect(fits('environments: [prod]', { resources: [{ environment: 'lab' }, { environment: 'prod' }] })).toBe(true);
  expect(fits('environments: [prod]', { resources: [{ environment: 'lab' }] })).toBe(false);
}); // prettier-ignore

test('a frozen calendar closes, one that nobody knows is an error', () => {
  const set = rules('{ id: one, type: time-window, timeWindow: { mode: deny, calendars: [freeze] } }');
  const calendars = { freeze: [{ from: '2026-12-20T00:00:00Z', until: '2027-01-02T00:00:00Z' }] };
  expect(ask(set, { calendars, time: '2026-12-24T12:00:00Z' }).denied).toMatchObject({ slug: 'outside-window' });
  expect(ask(set, { calendars, time: '2027-01-02T00:00:00Z' }).effect).toBe('allow');
  expect(ask(set, { calendars: {} })).toMatchObject({ effect: 'deny', errors: [{ message: 'there is no calendar "freeze"' }] });
});

test('across rules allow-only windows intersect, within one they add up', () => {
  const window = (id: string, ...spans: string[]) => `{ id: ${id}, type: time-window, timeWindow: { mode: allow-only, windows: [${spans.map((span) => `{ from: "${span.slice(0, 5)}", to: "${span.slice(6)}" }`).join(', ')}] } }`;
  const at = (hour: string, ...lines: string[]) => ask(rules(...lines), { time: `2026-01-07T${hour}:00Z` }).effect;
  expect([at('09:00', window('aa', '08:00-10:00', '20:00-22:00')), at('21:00', window('aa', '08:00-10:00', '20:00-22:00')), at('12:00', window('aa', '08:00-10:00', '20:00-22:00'))]).toEqual(['allow', 'allow', 'deny']);
  expect([at('09:00', window('aa', '08:00-12:00'), window('bb', '10:00-14:00')), at('11:00', window('aa', '08:00-12:00'), window('bb', '10:00-14:00'))]).toEqual(['deny', 'allow']);
}); // prettier-ignore

test('an emergency skips approvals and windows, and nothing that says never', () => {
  const lines = (never: string) => [
    `{ id: approval, type: approval-required, phase: request, approval: { scopeApprovers: true }${never} }`,
    `{ id: window, type: time-window, timeWindow: { mode: deny, windows: [{}] }${never} }`,
  ];
  expect(ask(rules(...lines('')), { emergency: true })).toMatchObject({
    effect: 'allow',
    matched: [{ effect: 'emergency' }, { effect: 'emergency' }],
  });
  expect(ask(rules(...lines(', breakGlass: never')), { emergency: true })).toMatchObject({
    effect: 'deny',
    requirements: [{ rule: 'guardrails/approval' }],
  });
  expect(ask(rules('{ id: no, type: deny }'), { emergency: true }).effect).toBe('deny');
});

test('an exemption sets a rule aside where the set may be overridden, until its moment', () => {
  const set = (overridable: boolean) => compiled(documentOf(['{ id: no, type: deny }'], `  overridable: ${overridable}`));
  const exemptions = [{ id: 'e1', policies: ['guardrails/no'], users: ['user-1'], until: '2026-01-07T12:00:00Z' }];
  const effect = (time: string, more: Given = {}) => ask(set(true), { exemptions, time, ...more });
  expect(effect('2026-01-07T11:59:59Z')).toMatchObject({ effect: 'allow', matched: [{ effect: 'exempt', exemption: 'e1' }] });
  expect(effect('2026-01-07T12:00:01Z').effect).toBe('deny');
  expect(effect('2026-01-07T11:00:00Z', { user: { id: 'other' } }).effect).toBe('deny');
  expect(ask(set(false), { exemptions, time: '2026-01-07T11:00:00Z' }).effect).toBe('deny');
});

test('a set of a team holds for its members', () => {
  const set = compiled(documentOf(['{ id: no, type: deny }']), { layer: 'team', team: 'netops' });
  expect(ask(set, { user: { teams: ['netops'] } }).effect).toBe('deny');
  expect(ask(set, { user: { teams: ['dba'] } }).effect).toBe('allow');
});

test('parts of an approval whose condition does not hold are not asked for', () => {
  const set = rules(`{ id: one, type: approval-required, phase: request, approval: { all: [{ scopeApprovers: true }, { any: [{ group: board, count: 2 }, { role: admin }], when: 'size(resources) > 5' }], distinct: true } }`);
  expect(ask(set, { resourcesCount: 1 }).requirements).toEqual([{ rule: 'guardrails/one', text: 'This needs approval.', need: { who: 'scopeApprovers', count: 1 }, distinct: true }]);
  expect(ask(set, { resourcesCount: 6 }).requirements[0]!.need).toEqual({ all: [{ who: 'scopeApprovers', count: 1 }, { any: [{ who: { team: 'board' }, count: 2 }, { who: { role: 'admin' }, count: 1 }] }] });
}); // prettier-ignore

test('warn and audit hold nothing up; warn says so', () => {
  const line = (enforcement: string) => rules(`{ id: one, type: require-comment, enforcement: ${enforcement}, comment: { minLength: 5 } }`);
  expect(ask(line('warn'), {})).toMatchObject({ effect: 'warn', unmet: [], warnings: [{ rule: 'guardrails/one' }] });
  expect(ask(line('warn'), { comment: 'because' })).toMatchObject({ effect: 'allow', warnings: [] });
  expect(ask(line('audit'), {})).toMatchObject({ effect: 'allow', warnings: [], matched: [{ policy: 'guardrails/one', effect: 'none' }] });
});

test('rules that are together too costly all count as failed, whichever comes first', () => {
  const costly = (id: string) => `{ id: ${id}, type: deny, when: 'input.list.exists(x, x in input.list && x == -1)' }`;
  const lines = ['aa', 'bb', 'cc', 'dd'].map(costly);
  const input = { list: Array.from({ length: 420 }, (_, at) => at) };
  expect(ask(rules(lines[0]!), { input }).errors).toEqual([]);
  const ruling = ask(rules(...lines), { input });
  expect(ruling.errors.map(({ message }) => message)).toEqual(
    Array.from({ length: 4 }, () => expect.stringContaining('together too costly') as string),
  );
  expect(ask(rules(...lines.toReversed()), { input })).toEqual(ruling);
});
