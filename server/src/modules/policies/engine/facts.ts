import type { Limits } from '#kernel/cel/limits.ts';
import type { Json, Layer } from './types.ts';

/** What the engine must know of an Operation to type `input`: its name and the JSON Schema of its input. */
export interface CatalogueEntry {
  name: string;
  risk?: string;
  input?: Record<string, unknown>;
}
export type Catalogue = readonly CatalogueEntry[];

export interface CompileOptions {
  /** Shown with every match, e.g. the number of the version. */
  version?: string;
  layer?: Layer;
  /** Slug of the team the set belongs to (layer team): it holds for calls of its members. */
  team?: string;
  /** Bounds of expressions that differ from the usual ones. */
  limits?: Partial<Limits>;
}

export interface ResourceFacts {
  type: string;
  id: string;
  name?: string | null;
  environment?: string | null;
  labels?: Record<string, string>;
  groups?: string[];
  owner?: string | null;
  health?: string | null;
  capabilities?: string[];
  /** RFC 3339. */
  lastChangeAt?: string | null;
}

/** Everything a decision rests on, as plain JSON: kept with the decision, so that it can be taken again. */
export interface EngineFacts {
  user: {
    id: string;
    email?: string | null;
    name?: string | null;
    /** Slugs. */
    roles: string[];
    teams: string[];
    attributes?: Record<string, Json>;
    /** Age of the last step-up; null when there was none. */
    mfaAgeSeconds?: number | null;
    /** How the last step-up was proven (RFC 8176): `hwk`, `otp`, `pwd` … */
    amr?: string[];
    isServiceAccount?: boolean;
  };
  actor: {
    kind: 'user' | 'apiKey' | 'service' | 'agent' | 'workflow' | 'system';
    clientId?: string | null;
    agentName?: string | null;
    chain?: string[];
    ip?: string | null;
    country?: string | null;
    surface: 'rest' | 'mcp' | 'cli' | 'ui' | 'workflow' | 'schedule';
  };
  tenant: { id: string; slug: string; plan?: string | null; settings?: Record<string, Json> };
  operation: { name: string; module?: string; risk: 'read' | 'write' | 'high'; permission: string; idempotent?: boolean };
  resources: ResourceFacts[];
  /** Taken from the resources when left out: their common one, or `mixed`. */
  environment?: string | null;
  /** Validated, with `"<secret>"` in place of secrets. */
  input?: Record<string, Json>;
  plan?: {
    riskScore?: number;
    findings?: Json[];
    steps?: Json[];
    counts?: { add?: number; update?: number; remove?: number };
    reversible?: boolean;
    estimatedSeconds?: number;
    /** Minor units of the tenant's currency, per month. */
    costDelta?: number;
    conflicts?: Json[];
  };
  change?: {
    id?: string | null;
    comment?: string | null;
    ticket?: string | null;
    emergency?: boolean;
    requester?: string | null;
    approvals?: Json[];
    ageSeconds?: number;
    /** Age of the last dry run of the same Operation and input by the same actor; null when there was none. */
    dryRunAgeSeconds?: number | null;
    /** The call itself is a dry run: nothing will be done. */
    dryRun?: boolean;
  };
  /** RFC 3339; the only clock there is. */
  now: string;
  quota?: Record<string, number>;
  history?: { count24h?: number; failures30d?: number };
  /** Freezes and other calendars by name: spans that have not ended. RFC 3339. */
  calendars?: Record<string, { from: string; until: string }[]>;
  exemptions?: Exemption[];
}

/** Takes a caller or resources out of policies of sets that are `overridable`, until a moment. */
export interface Exemption {
  id: string;
  /** `set/policy`, or the bare id of a policy in any set. */
  policies: string[];
  /** RFC 3339, exclusive. */
  until: string;
  /** Ids of users; left out: everybody. */
  users?: string[];
  /** Ids of resources, all of which a call must stay within; left out: whatever it acts on. */
  resources?: string[];
  reason?: string;
}
