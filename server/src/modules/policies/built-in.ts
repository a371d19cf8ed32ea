/**
 * Holds in every installation, above whatever it and its tenants write: rules are changed by two people (separation S2), and no
 * emergency and no loneliness sets that aside. That nobody decides on their own Change (S1) is no rule but part of deciding itself.
 */
export const BUILT_IN = `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: built-in
  description: How rules themselves are changed.
spec:
  enforcement: enforce
  policies:
    - id: second-person
      type: approval-required
      match: { operations: [policies.versions.activate, policies.delete, policyExemptions.create] }
      approval: { scopeApprovers: true, count: 1 }
      breakGlass: never
      message: Rules come into force, are set aside or taken out only when a second person agrees.
    - id: second-person-trial
      type: approval-required
      match: { operations: [policies.endTrial], risk: [high] }
      approval: { scopeApprovers: true, count: 1 }
      breakGlass: never
      message: What holds for a part of the people ends only when a second person agrees.
    - id: agreed-once-for-all
      type: approval-required
      match: { operations: [changeTemplates.create, changeTemplates.update] }
      approval: { scopeApprovers: true, count: 2 }
      breakGlass: never
      message: What will need no approval of its own is agreed to by two people.
`;

export const BASELINE_NAME = 'baseline';

/** What a tenant starts with; it may tune it by an approved activation, and never be without it. */
export const BASELINE = `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: baseline
  description: What holds in this tenant until it writes rules of its own.
spec:
  enforcement: enforce
  policies:
    - id: high-risk
      type: approval-required
      match: { risk: [high] }
      approval: { scopeApprovers: true, count: 1 }
      message: An operation of high risk needs one approval by someone else.
    - id: production
      type: approval-required
      match: { environments: [prod], risk: [write, high] }
      approval: { scopeApprovers: true, count: 1 }
      message: A write to a resource in environment prod needs one approval by someone else.
  tests:
    - name: a high risk is agreed to by someone else, wherever it is
      given: { operation: servers.delete, risk: high, environment: lab }
      expect: { effect: require, matched: [high-risk], notMatched: [production] }
    - name: a write in production is agreed to by someone else
      given: { operation: servers.update, risk: write, environment: prod }
      expect: { effect: require, matched: [production], notMatched: [high-risk] }
    - name: a write in the lab is done at once
      given: { operation: servers.update, risk: write, environment: lab }
      expect: { effect: allow, notMatched: [high-risk, production] }
`;
