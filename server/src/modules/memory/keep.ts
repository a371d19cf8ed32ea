import type { z } from 'zod';
import type { Actor } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import type { Recall } from '#kernel/recall/port.ts';
import { ownSpace, type Place } from './find.ts';
import type { StoreInput } from './operations/memories.create.ts';
import { entitiesIn, meaningOf } from './rules.ts';
import type { Provenance } from './schemas.ts';
import { storeMemory, type Meaning } from './store.ts';

type Input = z.output<typeof StoreInput>;

interface Keeping {
  by: Actor;
  provenance: Provenance;
  meaning: Meaning | undefined;
  findEntities: boolean;
  at: Date;
}

/** Memory for those who write in a transaction of their own, and have asked the Gate whether they may. */
export const keeperOf = (recall: Recall) => ({
  meaningOf: ({ content, title, summary, sensitivity = 'internal' }: Input): string | undefined =>
    meaningOf({ content, title: title ?? null, summary: summary ?? null, sensitivity }),
  async keep(place: Place, input: Input, { by: { id, name }, by, provenance, meaning, findEntities, at }: Keeping) {
    const { space, key = newId(), mergeStrategy, versionNote, links, replacesKey, evidence: _evidence, observedAt: _observedAt, ...wish } = input;
    const seer = { id, name, labels: await recall.labelsOf(place.db, by) };
    // Names that stand in a secret are part of it.
    const entities = findEntities && wish.sensitivity !== 'secret' ? { entities: entitiesIn(wish.content) } : {};
    const storing = { space: ownSpace(space, id), key, wish: { ...wish, ...entities }, strategy: mergeStrategy, versionNote, links, replacesKey, provenance, by: seer, meaning, at };
    const { row, created } = await storeMemory({ ...place, recall }, storing);
    return { id: row.id, key: row.key, version: row.version, created };
  },
}); // prettier-ignore
