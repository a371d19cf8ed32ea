import { aiAgent } from './ai_agent/index.ts';
import { approval } from './approval/index.ts';
import { code } from './code/index.ts';
import { conditional } from './conditional/index.ts';
import { data } from './data/index.ts';
import type { AnyNodeType } from './declare.ts';
import { delay } from './delay/index.ts';
import { email } from './email/index.ts';
import { emitEvent } from './emit_event/index.ts';
import { entityQuery } from './entity_query/index.ts';
import { fail } from './fail/index.ts';
import { filter } from './filter/index.ts';
import { httpApi } from './http_api/index.ts';
import { knowledgeGraph } from './knowledge_graph/index.ts';
import { llm } from './llm/index.ts';
import { loop } from './loop/index.ts';
import { maintenance } from './maintenance/index.ts';
import { memorySearch } from './memory_search/index.ts';
import { memoryStore } from './memory_store/index.ts';
import { merge } from './merge/index.ts';
import { monitoring } from './monitoring/index.ts';
import { note } from './note/index.ts';
import { notify } from './notify/index.ts';
import { operation } from './operation/index.ts';
import { planner } from './planner/index.ts';
import { ragContext } from './rag_context/index.ts';
import { respond } from './respond/index.ts';
import { security } from './security/index.ts';
import { subWorkflow } from './sub_workflow/index.ts';
import { switchNode } from './switch/index.ts';
import { transform } from './transform/index.ts';
import { trigger } from './trigger/index.ts';
import { waitEvent } from './wait_event/index.ts';

/** Every node type, one per folder, in the order of the palette. */
const ALL: readonly AnyNodeType[] = [
  trigger, aiAgent, planner, llm, ragContext, memorySearch, memoryStore,
  operation, maintenance, monitoring, security, entityQuery, knowledgeGraph, approval,
  httpApi, data, code, email, notify, emitEvent, respond,
  conditional, switchNode, loop, filter, merge, transform, delay, waitEvent, subWorkflow, fail,
  note,
]; // prettier-ignore

/** By `type`; the newest version of each. */
export const NODE_TYPES: ReadonlyMap<string, AnyNodeType> = new Map(ALL.map((type) => [type.type, type]));
