import { readFileSync } from 'node:fs';
import { createCache } from '#kernel/cache.ts';
import { ConfigError } from '#kernel/config.ts';
import type { Database } from '#kernel/database.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import { provide, type Port } from '#kernel/port.ts';
import { groupsOf } from '#modules/access/groups-of.ts';
import { RIGHTS_TOPIC } from '#modules/access/steps.ts';
import { DecisionDetails } from '#modules/audit/providers/port.ts';
import { changeSeen, historyOf } from '#modules/governance/policy-facts.ts';
import { createConditions } from '#modules/policies/conditions.ts';
import { Conditions, Freezes } from '#modules/governance/providers/port.ts';
import { findDecision } from '#modules/policies/decisions.ts';
import type { Json } from '#modules/policies/engine/index.ts';
import { Grants, Policies, type Surroundings } from '#modules/policies/providers/port.ts';
import { postgresCounters } from '#modules/policies/providers/postgres-counters.ts';
import { createRecorder } from '#modules/policies/recorder.ts';
import { createPolicies } from '#modules/policies/runtime.ts';
import { createPolicyStep } from '#modules/policies/step.ts';
import { planAndSettings } from '#modules/tenancy/plan-and-settings.ts';
import { people as members } from '#modules/tenancy/people.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import type { Parts, People } from './core.ts';
import { healthOf, quotaOf } from './policy-facts.ts';

export interface PolicyOptions {
  /** Documents of the installation: rules above those of every tenant. */
  platform?: readonly { file: string; document: string }[] | undefined;
  onError: (error: Error) => void;
  observe?: ((seconds: number, errors: number) => void) | undefined;
}

export interface PolicyParts {
  step: Steps['policy'];
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Writes what is waiting and lets go of the worker. */
  stop: () => Promise<void>;
}

const REMEMBERED_MS = 30_000;

/** Who somebody is and in which surroundings they call, remembered as long as rights are. */
function surroundingsOf({ live, now }: Parts, people: People): Surroundings {
  const persons = createCache<Awaited<ReturnType<Surroundings['person']>>>({ ttlMs: REMEMBERED_MS, max: 20_000, now });
  const tenants = createCache<Awaited<ReturnType<Surroundings['tenant']>>>({ ttlMs: REMEMBERED_MS, max: 5_000, now });
  live.subscribe(RIGHTS_TOPIC, () => persons.clear());
  const personOf = async (db: Database, tenantId: string, userId: string) => {
    const [roles, teams] = await Promise.all([people.rosters.rolesOf(db, tenantId, userId), people.teams.of(db, tenantId, userId)]);
    return { roles, teams };
  };
  const tenantOf = async (db: Database, tenantId: string) => (await planAndSettings(db, tenantId)) as { plan: string | null; settings: Record<string, Json> }; // prettier-ignore
  return {
    person: (db, tenantId, userId) => persons.read(`${tenantId} ${userId}`, () => personOf(db, tenantId, userId)),
    tenant: (db, tenantId) => tenants.read(tenantId, () => tenantOf(db, tenantId)),
    groups: groupsOf,
    health: healthOf,
    quota: quotaOf,
    change: changeSeen,
    history: historyOf,
    alone: people.alone,
    named: async (db, tenantId, userId) => (await members.named(db, tenantId, [userId])).get(userId),
  };
}

/** The files that SWITCHYARD_POLICIES names, separated by commas. Throws ConfigError. */
export const platformPolicies = (files: readonly string[]): { file: string; document: string }[] =>
  files.map((file) => {
    try {
      return { file, document: readFileSync(file, 'utf8') };
    } catch (error) {
      throw new ConfigError(`SWITCHYARD_POLICIES: ${file} cannot be read: ${(error as Error).message}`);
    }
  });

/** The engine between its store and the Gate. */
export function wirePolicies(parts: Parts, people: People, { platform = [], onError, observe }: PolicyOptions): PolicyParts {
  const { databases, live, now, registry } = parts;
  const runtime = createPolicies({
    catalogue: () => [...registry.operations.values()].map((operation) => ({
      name: operation.name,
      risk: operation.risk,
      // Made when a rule is about that operation alone: all of them at the start would take their time.
      get input() {
        return schemasOf(operation).input;
      },
    })),
    operation: (name) => registry.operations.get(name),
    platform, surroundings: surroundingsOf(parts, people), counters: postgresCounters, live, now, onError, observe,
  }); // prettier-ignore
  const recorder = createRecorder({ databases, live, onError });
  return {
    step: createPolicyStep({ policies: runtime, databases, recorder }),
    adapters: [
      provide(Policies, runtime),
      provide(Conditions, createConditions(runtime)),
      provide(Freezes, { spans: async (db, tenantId) => (await runtime.bundle(db, tenantId)).calendars }),
      provide(Grants, { permit: people.permit }),
      provide(DecisionDetails, {
        async of(db, tenantId, decisionId) {
          const found = await findDecision(db, tenantId, decisionId);
          if (!found) return null;
          const { effect, denied, unmet, requirements, warnings, matched, errors } = found.ruling;
          // Why an expression failed is for those who may read policies (policies.explain).
          return { phase: found.phase, effect, denied: denied ?? null, unmet, requirements, warnings, matched, failed: errors.map(({ policy }) => policy) }; // prettier-ignore
        },
      }),
    ],
    async stop() {
      await recorder.flush();
      await runtime.close();
    },
  };
}
