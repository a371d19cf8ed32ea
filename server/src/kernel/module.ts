import type { z } from 'zod';
import type { Database } from './database.ts';
import type { AnyOperation } from './operation.ts';
import type { Port } from './port.ts';
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
  /** Once for the whole installation: for work that looks across tenants, through a port. */
  once?: (job: PlatformJob) => Promise<unknown>;
  /** Once per active tenant, in that tenant's transaction, as `system:<module>`: for work on our own tables. */
  perTenant?: (ctx: WorkContext) => Promise<void>;
  /** Once per active tenant, outside any transaction: for work that talks to the outside and stores with `job.tx`. */
  outside?: (job: TenantJob) => Promise<void>;
  /** Once in the whole installation, in a transaction as the platform: for what belongs to no tenant. */
  platform?: (db: Database, now: Date) => Promise<void>;
}

/** Work by the clock that is of no tenant. */
export interface PlatformJob {
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
}

/** Work by the clock that touches an outside system. */
export interface TenantJob {
  tenantId: string;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
  tx: <T>(work: (ctx: WorkContext) => Promise<T>) => Promise<T>;
}

/**
 * A column in which values of tenants lie as the Sealer sealed them, so that they can be moved to a new data key. The place that each was
 * sealed for is told in SQL over the table as `t`: a literal in quotes, or an expression.
 */
export interface SealedColumn {
  /** With `tenant_id` and `id`; the app may update it. */
  table: string;
  column: string;
  /** The place's row; `t.id` when left out. */
  row?: string;
  /** The place's field, such as `'credential'`. */
  field: string;
}

/** What is said of an event. */
export interface EventDeclaration {
  /** One line. */
  summary: string;
  /** Its data, where that is fixed: receivers of webhooks are told, and tests hold announcements against it. */
  data?: z.ZodObject;
  /** Who hears of it: whomever somebody in the tenant has it sent to (default), one person alone, or who runs the installation. */
  audience?: 'tenant' | 'person' | 'installation';
}
/** Whether webhooks and those who poll may hear of it. */
export const isForTenants = ({ audience = 'tenant' }: EventDeclaration): boolean => audience === 'tenant';

export interface Module {
  name: string;
  /** Modules whose tables ours refer to: the order of migrations. */
  after?: readonly string[];
  /** Folder of `NNNN_name.sql`; absent when the module has no tables. */
  migrations?: URL;
  operations: readonly AnyOperation[];
  /** Events that this module announces, with one line each or more; the catalogue is generated. */
  events?: Record<string, string | EventDeclaration>;
  /** Events of other modules (or its own) that it reacts to, at least once, in its own transaction. */
  on?: Record<string, (ctx: WorkContext, event: DeliveredEvent) => Promise<void>>;
  /** Of `on`, events of modules that need not be there. */
  hearsOf?: readonly string[];
  schedules?: readonly ScheduledJob[];
  /** Every column that holds what the Sealer sealed; what is not declared is lost when its data key is destroyed. */
  sealed?: readonly SealedColumn[];
}
export const defineModule = (module: Module): Module => module;
