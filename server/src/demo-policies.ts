/** Calendar that the rules of the demo name. */
export const DEMO_CALENDAR = { name: 'year-end-freeze', description: 'Nothing risky while few people are there', timezone: 'Europe/Berlin' };

/** The span around the turn of the year that lies ahead, or holds now. */
export function yearEnd(now: Date): { title: string; startsAt: string; endsAt: string } {
  const year = now.getUTCMonth() === 0 && now.getUTCDate() < 3 ? now.getUTCFullYear() - 1 : now.getUTCFullYear();
  return { title: `Year-end freeze ${year}`, startsAt: `${year}-12-18T16:00:00Z`, endsAt: `${year + 1}-01-03T06:00:00Z` };
}

/** One set to read and to change: what the company of the demo has agreed on. Only the first rule stops anybody, so that the tour can be walked. */
export const DEMO_POLICIES = `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: shop-guardrails
  owner: user:olivia@acme.example
  description: What the shop is kept from, and what everybody is reminded of.
spec:
  enforcement: warn
  overridable: true
  policies:
    - id: databases-stay
      type: deny
      enforcement: enforce
      severity: critical
      match:
        operations: [servers.delete, servers.purge]
        environments: [prod]
        resources: { labels: { tier: db } }
      breakGlass: never
      message: Databases of the shop are never deleted here. Move their data first and take the label tier=db away.

    - id: say-why
      type: require-comment
      match: { environments: [prod], risk: [write, high] }
      comment: { minLength: 10 }
      message: Say in a sentence why production has to change.

    - id: agents-try-first
      type: require-dry-run
      match: { actors: [agent], risk: [high] }
      dryRun: { maxAge: 30m }
      message: An agent plans first, and acts on the plan that somebody has seen.

    - id: grave-plans
      type: notify
      phase: plan
      match: { environments: [prod] }
      when: plan.riskScore >= 80
      notify: { to: ['role:owner'] }
      message: Something grave is planned in production.

    - id: year-end
      type: time-window
      severity: high
      match: { environments: [prod], risk: [high] }
      timeWindow:
        mode: deny
        timezone: Europe/Berlin
        windows: []
        calendars: [year-end-freeze]
      message: Between the years production is left alone.

  tests:
    - name: the database of the shop stays
      given: { operation: servers.delete, risk: high, resource: { type: server, environment: prod, labels: { tier: db } } }
      expect: { effect: deny, matched: [databases-stay], problem: policy-denied }
    - name: its web servers may go, with a reason
      given: { operation: servers.delete, risk: high, comment: Replaced by the new ones, resource: { type: server, environment: prod, labels: { tier: web } } }
      expect: { notMatched: [databases-stay, agents-try-first, grave-plans, year-end] }
    - name: without a reason there is a reminder
      given: { operation: servers.update, risk: write, environment: prod }
      expect: { effect: warn, matched: [say-why] }
    - name: in the lab nobody is reminded of anything
      given: { operation: servers.update, risk: write, environment: lab }
      expect: { effect: allow, notMatched: [say-why, year-end] }
    - name: an agent that has not tried is reminded
      given: { operation: servers.resize, risk: high, environment: lab, surface: mcp, actor: { kind: agent } }
      expect: { effect: warn, matched: [agents-try-first] }
    - name: grave plans are told
      given: { operation: servers.delete, risk: high, environment: prod, comment: It is time to part, plan: { riskScore: 90 } }
      expect: { matched: [grave-plans] }
    - name: in the freeze production is left alone
      given:
        operation: servers.resize
        risk: high
        environment: prod
        comment: The evening is slow
        time: '2026-12-24T12:00:00Z'
        calendars: { year-end-freeze: [{ from: '2026-12-18T16:00:00Z', until: '2027-01-03T06:00:00Z' }] }
      expect: { effect: warn, matched: [year-end] }
`;
