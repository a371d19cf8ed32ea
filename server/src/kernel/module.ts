import type { AnyOperation } from './operation.ts';
import type { WorkContext } from './work.ts';

/** An announcement as it is delivered: CloudEvents 1.0 attributes with our tenant. */
export interface DeliveredEvent {
  id: string;
  type: string;
  tenantId: string;
  time: Date;
  changeId: string | null;
  data: Record<string, unknown>;
}

/** Work by the clock: `cron` has five fields, UTC. `run` is called once per occurrence in the whole installation. */
export interface ScheduledJob {
  name: string;
  cron: string;
  /** Once per active tenant, in that tenant's transaction, as `system:<module>`. */
  perTenant: (ctx: WorkContext) => Promise<void>;
}

export interface Module {
  name: string;
  /** Modules whose tables ours refer to: the order of migrations. */
  after?: readonly string[];
  /** Folder of `NNNN_name.sql`; absent when the module has no tables. */
  migrations?: URL;
  operations: readonly AnyOperation[];
  /** Events that this module announces, with one line each; the catalogue is generated. */
  events?: Record<string, string>;
  /** Events of other modules (or its own) that it reacts to, at least once, in its own transaction. */
  on?: Record<string, (ctx: WorkContext, event: DeliveredEvent) => Promise<void>>;
  schedules?: readonly ScheduledJob[];
}
export const defineModule = (module: Module): Module => module;
