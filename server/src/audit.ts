import { hostname } from 'node:os';
import { LegalHolds } from '#kernel/holds.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Adapters, Port } from '#kernel/port.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { upkeepOf } from '#kernel/upkeep.ts';
import { createEvidence } from '#modules/audit/chain/evidence.ts';
import { runExport } from '#modules/audit/exports/run.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import { isHeld } from '#modules/audit/retention/holds.ts';
import { createSecurityWatch, type LinesSince } from '#modules/audit/security/watch.ts';
import { linesSince } from '#modules/identity/profile/lines.ts';
import { Sessions } from '#modules/identity/sessions/port.ts';
import { retentions, workplaces } from '#modules/tenancy/workplaces.ts';
import { createCarrier } from '#modules/audit/streams/carrier.ts';
import { Streaming } from '#modules/audit/streams/port.ts';
import { destinationOf } from '#modules/audit/streams/store.ts';
import { runStreams, STREAMS_TOPIC } from '#modules/audit/streams/worker.ts';
import { Courier } from '#modules/webhooks/providers/port.ts';
import type { Parts, People } from './core.ts';

export interface AuditOptions {
  databaseUrl: string;
  /** A laboratory: receivers of the trail may be at private addresses, and without TLS. */
  allowPrivateTargets?: boolean | undefined;
  /** Where the API is; syslog messages come from this host. */
  publicUrl?: string | undefined;
}

export interface AuditParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Begins to seal and to write exports, and reports with `report`; answers what ends the sealing. */
  run: (report: (job: JobRun) => Promise<void>) => () => Promise<void>;
  /** JSON Web Key Set (RFC 7517) of those who check anchors. */
  keys: () => Promise<unknown>;
}

/** Lines of persons with where they work: the first is of identity, the second of tenancy. */
const withTenants: LinesSince = async (db, since, kinds) => {
  const lines = await linesSince(db, since, kinds);
  const tenants = await workplaces(db, [...new Set(lines.map(({ userId }) => userId))]);
  return lines.map((line) => ({ ...line, tenantIds: tenants.get(line.userId) ?? [] }));
};

/** The work of the system on the trail, the key its anchors are signed with, and the watch for what points at an attack. */
export function wireAudit(
  parts: Parts,
  people: Pick<People, 'tenantIds'>,
  { databaseUrl, allowPrivateTargets = false, publicUrl }: AuditOptions,
  adapters: () => Adapters,
): AuditParts {
  const security = createSecurityWatch({
    databases: parts.databases,
    linesSince: withTenants,
    endSessions: async (tenantId, userId) => void (await providerOf(adapters())(Sessions).endWithin(tenantId, { userId })),
    isSignIn: (name) => {
      const operation = parts.registry.operations.get(name);
      return operation?.access === 'public' && operation.session === 'start';
    },
    onError: (err) => parts.log.error({ err }, 'what a security rule asks for could not be done'),
  });
  const evidence = createEvidence({ ...parts, seed: parts.keyFor('audit-anchor'), upkeep: upkeepOf(databaseUrl), security, retentions });
  const { databases, live, now, log, sealer, registry } = parts;
  const courier = () => providerOf(adapters())(Courier);
  const carrier = createCarrier({
    allowPrivateTargets,
    host: publicUrl === undefined ? hostname() : new URL(publicUrl).hostname,
    now,
    post: () => courier().send,
    urlFault: (url) => courier().urlFault(url),
  });
  const streaming: Streaming = { carrier, sealer, destination: destinationOf(sealer), wake: () => live.publish(STREAMS_TOPIC) };
  const onError = (err: Error): void => log.error({ err }, 'audit streams');
  const { keyId, publicKey } = evidence.signer;
  const keys = { keys: [{ ...publicKey, kid: keyId, alg: 'EdDSA', use: 'sig' }] };
  return {
    adapters: [provide(Evidence, evidence), provide(Streaming, streaming), provide(LegalHolds, { isHeld })],
    run: (report) => {
      // One queue for files of any size: whoever they are of, few are written at once.
      parts.jobs.work('export', (job) => ('reportId' in job.data ? report(job) : runExport({ ...parts, signer: evidence.signer }, job)));
      const stopSealer = evidence.run();
      // Asked for by each turn: whoever tests the product may have another in its place.
      const stopStreams = registry.operations.has('audit.streams.create')
        ? runStreams({ databases, live, now, onError, streaming: () => providerOf(adapters())(Streaming), openTenants: people.tenantIds })
        : undefined;
      return async () => void (await Promise.all([stopSealer(), stopStreams?.()]));
    },
    keys: async () => keys,
  };
}
