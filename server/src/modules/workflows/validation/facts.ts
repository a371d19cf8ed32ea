import type { Risk } from '#kernel/operation.ts';
import type { JsonSchema } from './schema.ts';

/** An Operation as a graph may name it. */
export interface OperationFact {
  name: string;
  risk: Risk;
  permission: string;
  input: JsonSchema;
  output: JsonSchema;
  /** Undoes itself when asked to (workflows.md 9.9). */
  rollback: boolean;
  deprecated: boolean;
}

/** Another workflow that may be called as a part of this one. */
export interface CallableFact {
  id: string;
  slug: string;
  /** Its published version has a trigger of mode `workflow`. */
  callable: boolean;
  /** Ids of workflows that it calls itself, to tell cycles. */
  calls: readonly string[];
}

interface LimitFacts {
  nodes: number;
  connections: number;
  graphBytes: number;
  triggers: number;
  /** Seconds between two firings of a schedule. */
  scheduleSeconds: number;
  pinnedBytes: number;
  /** Webhooks of other workflows of the tenant, and how many it may have. */
  webhooks: { used: number; most: number };
}

/** What only the database and the registry know; everything else is told from the graph alone. */
export interface Facts {
  /** Of the workflow that is looked at; null for one that is not saved. */
  workflowId: string | null;
  operations: ReadonlyMap<string, OperationFact>;
  /** Names of secrets and variables that the workflow's scopes hold; undefined when nobody looked, and V20 is left out. */
  secrets: ReadonlySet<string> | undefined;
  variables: ReadonlySet<string> | undefined;
  /** Paths of webhooks of other workflows. */
  webhookPaths: ReadonlySet<string>;
  workflows: readonly CallableFact[];
  limits: LimitFacts;
  /** Zone of the tenant, for schedules that name none. */
  timezone: string;
  now: Date;
  /** Whether whoever publishes holds a permission; undefined when nobody publishes, and V41 is left out. */
  publisherMay?: ((permission: string) => boolean) | undefined;
  /** Whether the tenant has a default model for agents; undefined when nobody looked, and V29 leaves it out. */
  hasModel?: boolean | undefined;
  /** Whether the tenant has an embedding model that can be used; undefined when nobody looked, and V34 is left out. */
  hasEmbedding?: boolean | undefined;
  /** Policy demands a budget for agents. */
  budgetsDemanded?: boolean;
  /** Policy forbids webhooks without authentication in front of Operations that write. */
  openWebhooksForbidden?: boolean;
}
