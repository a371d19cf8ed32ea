import type { TemplateName } from './search.ts';

const head = (name: string, description: string) => `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: ${name}
  description: ${description}
spec:
  enforcement: enforce
`;

/** Sets to begin with; each is complete, has tests of both kinds, and can be activated as it stands. */
export const TEMPLATES: Readonly<Record<TemplateName | 'empty', string>> = {
  'production-approval': `${head('production-approval', 'Somebody else agrees before production is changed.')}  policies:
    - id: prod-approval
      type: approval-required
      match: { environments: [prod], risk: [write, high] }
      approval: { scopeApprovers: true, count: 1, expiresIn: 24h }
      message: A change in production needs the approval of somebody else.
  tests:
    - name: a change in production waits for somebody else
      given: { operation: servers.stop, environment: prod, risk: write }
      expect: { effect: require, matched: [prod-approval] }
    - name: the lab is free
      given: { operation: servers.stop, environment: lab, risk: write }
      expect: { effect: allow, notMatched: [prod-approval] }
`,
  'office-hours-freeze': `${head('office-hours-freeze', 'Nothing of high risk in production while people are at work.')}  policies:
    - id: no-office-hours
      type: time-window
      match: { environments: [prod], risk: [high] }
      timeWindow:
        mode: deny
        timezone: Europe/Berlin
        windows:
          - { days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }
      message: High risk in production is for after office hours.
  tests:
    - name: a Wednesday at noon is too early
      given: { operation: servers.delete, environment: prod, risk: high, now: "2026-01-07T11:00:00Z" }
      expect: { effect: deny, matched: [no-office-hours], problem: outside-window }
    - name: the lab has no hours
      given: { operation: servers.delete, environment: lab, risk: high, now: "2026-01-07T11:00:00Z" }
      expect: { effect: allow, notMatched: [no-office-hours] }
`,
  'agents-plan-only': `${head('agents-plan-only', 'Agents look before they leap.')}  policies:
    - id: agents-plan-first
      type: require-dry-run
      match: { actors: [agent], risk: [high] }
      dryRun: { maxAge: 30m }
      message: An agent tries what is of high risk as a dry run first.
  tests:
    - name: an agent without a dry run is sent back
      given: { operation: servers.delete, risk: high, actor: { kind: agent } }
      expect: { matched: [agents-plan-first], problem: dry-run-required }
    - name: people need none
      given: { operation: servers.delete, risk: high, actor: { kind: user } }
      expect: { effect: allow, notMatched: [agents-plan-first] }
`,
  empty: `${head('new-policy-set', 'What these rules are for.')}  policies:
    - id: first-rule
      type: deny
      match: { operations: ["servers.delete"], environments: [prod] }
      message: Why, and what to do instead.
  tests:
    - name: it denies what it is about
      given: { operation: servers.delete, environment: prod, risk: high }
      expect: { effect: deny, matched: [first-rule] }
    - name: and nothing else
      given: { operation: servers.delete, environment: lab, risk: high }
      expect: { effect: allow, notMatched: [first-rule] }
`,
};
