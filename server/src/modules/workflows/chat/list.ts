import type { AnyOperation } from '#kernel/operation.ts';
import { chatSessionsDelete } from './operations/chatSessions.delete.ts';
import { chatSessionsGet } from './operations/chatSessions.get.ts';
import { chatSessionsList } from './operations/chatSessions.list.ts';
import { workflowsChat } from './operations/workflows.chat.ts';

/** Talking to workflows. */
export const chatOperations: readonly AnyOperation[] = [workflowsChat, chatSessionsList, chatSessionsGet, chatSessionsDelete];
