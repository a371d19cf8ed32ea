import { defineModule } from '#kernel/module.ts';
import { memoriesCreate } from './operations/memories.create.ts';
import { memoriesDelete } from './operations/memories.delete.ts';
import { memoriesGet } from './operations/memories.get.ts';
import { memoriesLinksCreate } from './operations/memories.links.create.ts';
import { memoriesLinksDelete } from './operations/memories.links.delete.ts';
import { memoriesList } from './operations/memories.list.ts';
import { memoriesReveal } from './operations/memories.reveal.ts';
import { memoriesSearch } from './operations/memories.search.ts';
import { memoriesSpacesList } from './operations/memories.spaces.list.ts';
import { memoriesUpdate } from './operations/memories.update.ts';
import { memoriesVersionsList } from './operations/memories.versions.list.ts';
import './problems.ts';
import { askForMeanings } from './tell.ts';
import { forgetExpired, forgetMember } from './upkeep.ts';

export type { Meaning } from './store.ts';
export type { Provenance } from './schemas.ts';
export { memoriesCreate, memoriesSearch };

/** What workflows, agents and people keep for later, and find again by words or by meaning. */
export const memory = defineModule({
  name: 'memory',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    memoriesList, memoriesSearch, memoriesGet, memoriesReveal, memoriesCreate, memoriesUpdate, memoriesDelete,
    memoriesVersionsList, memoriesLinksCreate, memoriesLinksDelete, memoriesSpacesList,
  ], // prettier-ignore
  events: {
    'memory.stored': 'Something was kept in memory, or changed there',
    'memory.deleted': 'A memory was forgotten',
  },
  on: { 'member.removed': forgetMember },
  hearsOf: ['member.removed'],
  schedules: [
    { name: 'memories-expire', cron: '7 * * * *', perTenant: forgetExpired },
    { name: 'memories-meaning', cron: '37 * * * *', perTenant: askForMeanings },
  ],
  sealed: [
    { table: 'memories', column: 'sealed', field: "'content'" },
    { table: 'memory_versions', column: 'sealed', field: "'content'" },
  ],
});
