import { expect } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { policiesCreate, policiesDelete, policiesUpdate, policiesVersionsActivate } from '#modules/policies/index.ts';
import type { Person, World } from './world.ts';

/** A set of one or more rules as a document; each rule is YAML of its own, indented by nothing. */
export const setOf = (name: string, rules: readonly string[], spec = ''): string => `apiVersion: switchyard/v1
kind: PolicySet
metadata: { name: ${name} }
spec:
  enforcement: enforce
  requireTests: false
${spec}  policies:
${rules.map((rule) => `    - ${rule.trim().replaceAll('\n', '\n      ')}`).join('\n')}
`;

/** Two people who put rules into force in a world. */
export function ruling(world: World, author: Person, second: Person) {
  async function agreed(change: { id: string }): Promise<void> {
    await world.approve(change, second);
    const ended = await world.settled(change, author);
    expect([ended.state, ended.problem]).toEqual(['succeeded', null]);
  }
  return {
    agreed,
    async save(document: string): Promise<string> {
      return (await world.done(policiesCreate, { document }, author)).id;
    },
    async saveNext(id: string, document: string): Promise<number> {
      return (await world.done(policiesUpdate, { id, document, message: 'Next' }, author)).version;
    },
    async activate(id: string, number = 1, how: Record<string, unknown> = {}): Promise<void> {
      await agreed(await world.accepted(policiesVersionsActivate, { id, number, ...how }, author));
    },
    /** Saves a document as a set of its own and puts it into force. */
    async enforce(document: string, how: Record<string, unknown> = {}): Promise<string> {
      const id = await this.save(document);
      await this.activate(id, 1, how);
      return id;
    },
    async retire(id: string): Promise<void> {
      await agreed(await world.accepted(policiesDelete, { id }, author));
    },
  };
}

/** A match of calls on these resources alone. */
export const ids = (...names: string[]): string => `{ resources: { ids: [${names.join(', ')}] } }`;

/** What is kept beside the calls is there a moment later. */
export async function eventually<T>(look: () => Promise<T>, good: (found: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const found = await look();
    if (good(found) || tries > 200) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const decisionOf = (problem: Problem): string => problem.extras['decisionId'] as string;
