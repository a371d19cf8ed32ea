import { Ai } from '#kernel/ai.ts';
import type { Actor } from '#kernel/context.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { Recall } from '#kernel/recall/port.ts';
import { OWNER } from '#modules/access/system-roles.ts';
import { readDocument } from '#modules/knowledge/ingest/read.ts';
import { keeperOf } from '#modules/memory/keep.ts';
import { tellMemory } from '#modules/memory/tell.ts';
import { Memories } from '#modules/workflows/memories.ts';
import type { Parts, People } from './core.ts';
import type { Around } from './wired.ts';

const QUEUE = 'knowledge';

const recallOf = ({ sealer, jobs }: Parts, { rosters, teams }: People, { adapters }: Around): Recall => ({
  sealer,
  async labelsOf(db, { id, kind, tenantId }: Actor) {
    if (kind === 'system' || kind === 'anonymous') return [];
    const roles = await rosters.rolesOf(db, tenantId, id);
    // Owners answer for the tenant: nothing in it is kept from them but what people keep for themselves.
    if (roles.includes(OWNER)) return 'all';
    const slugs = await teams.of(db, tenantId, id);
    return [`user:${id}`, ...slugs.map((slug) => `team:${slug}`), ...roles.map((role) => `role:${role}`)];
  },
  ai: () => (adapters().has(Ai.port) ? providerOf(adapters())(Ai) : undefined),
  enqueue: async (db, job) => void (await jobs.enqueue(db, QUEUE, job)),
  wake: () => jobs.wake(QUEUE),
});

/** What memory and knowledge ask of the others, and what workflows ask of memory. */
export const knowledgeAdapters = (parts: Parts, people: People, around: Around): readonly (readonly [Port<unknown>, unknown])[] => {
  const recall = recallOf(parts, people, around);
  return [provide(Recall, recall), provide(Memories, keeperOf(recall))];
};

const reader = (tenantId: string): Actor => ({
  kind: 'system', id: 'system:knowledge', name: 'system:knowledge', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null,
}); // prettier-ignore

/** Reads documents, and has models tell what documents and memories mean. */
export const knowledgeJobs = (parts: Parts, { adapters }: Around): readonly (readonly [typeof QUEUE, (job: JobRun) => Promise<void>])[] => {
  const { databases, live, now } = parts;
  const announced = (tenantId: string): void => [`tenant:${tenantId}`, 'outbox'].forEach((topic) => live.publish(topic));
  const carryOut = async ({ data, attempt, signal }: JobRun): Promise<void> => {
    const deps = { databases, recall: providerOf(adapters())(Recall), actor: reader, now, announced };
    const { tenantId, memoryId, documentId } = data;
    if (memoryId !== undefined) await tellMemory(deps, { tenantId, memoryId }, signal);
    if (documentId !== undefined) await readDocument(deps, { tenantId, documentId }, { attempt, signal });
  };
  return [[QUEUE, carryOut]];
};
