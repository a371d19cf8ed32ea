import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq, isNull, lt, or } from '#kernel/drizzle.ts';
import { newId, randomToken } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { OAuthDeps } from './deps.ts';
import { createDocuments, pageOf } from './documents.ts';
import type { Authorization, Client, ListedClient } from './providers/port.ts';
import { isDocumentId, LIVES, redirectFault, shownName } from './rules.ts';
import { clients, grants } from './tables.ts';

const MAX_URIS = 20;
const MAX_DYNAMIC = 10_000;

type Row = typeof clients.$inferSelect;
const clientOf = (row: Row): Client => ({
  clientId: row.clientId,
  name: row.name,
  kind: row.tenantId === null ? 'dynamic' : 'listed',
  uri: row.clientUri,
  redirectUris: row.redirectUris,
  tenantId: row.tenantId,
});
const listedOf = ({ id, clientId, name, redirectUris, createdAt }: Row): ListedClient => ({ id, clientId, name, redirectUris, createdAt });

/** Every redirect URI of a registration, or what is wrong with it. Throws `oauth-invalid-redirect-uri`. */
function redirectsOf(uris: unknown): string[] {
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > MAX_URIS)
    throw new Problem('oauth-invalid-redirect-uri', `redirect_uris must be a list of 1 to ${MAX_URIS} addresses.`);
  for (const uri of uris) {
    const fault = typeof uri === 'string' ? redirectFault(uri) : 'it is not text';
    if (fault) throw new Problem('oauth-invalid-redirect-uri', `A redirect URI cannot be registered: ${fault}.`);
  }
  return uris as string[];
}

const includes = (list: unknown, wanted: string): boolean => list === undefined || (Array.isArray(list) && list.includes(wanted));

/** Throws `oauth-invalid-client-metadata` for what this server will never do. */
function requireServed(metadata: Record<string, unknown>): void {
  if (!includes(metadata['grant_types'], 'authorization_code'))
    throw new Problem('oauth-invalid-client-metadata', 'grant_types must include authorization_code.');
  if (!includes(metadata['response_types'], 'code')) throw new Problem('oauth-invalid-client-metadata', 'response_types must include code.');
}

type Clients = Pick<Authorization, 'register' | 'listed' | 'enter' | 'remove'> & {
  /** Throws `oauth-invalid-client`. */
  find: (clientId: string) => Promise<Client>;
  /** Whether the tenant has entered this client, by its id or by the address of its document. Runs as the platform. */
  isListed: (db: Database, tenantId: string, clientId: string) => Promise<boolean>;
};

/** Programs: entered by an administrator, registered by themselves, or described by a document of theirs. None has a secret; PKCE binds the code. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createClients({ databases, now, registration, fetchDocument, ended }: OAuthDeps): Clients {
  const fromDocument = createDocuments({ fetchDocument, now });
  const insert = (db: Database, row: Omit<Row, 'id' | 'usedAt'>): Promise<Row> =>
    db.insert(clients).values({ id: newId(), ...row }).returning().then(([made]) => made!); // prettier-ignore

  return {
    async find(clientId) {
      // What an administrator has entered for a document is a permission, not a client: the document says what it is now.
      const described = await fromDocument(clientId);
      if (described) return described;
      const row = await databases.platform('oauth client', async (db) => {
        const [found] = await db.update(clients).set({ usedAt: now() }).where(eq(clients.clientId, clientId)).returning();
        return found;
      });
      if (!row) throw new Problem('oauth-invalid-client', 'No agent is registered here under this client id. Let it register again.');
      return clientOf(row);
    },
    isListed: async (db, tenantId, clientId) =>
      (
        await db
          .select({ id: clients.id })
          .from(clients)
          .where(and(eq(clients.tenantId, tenantId), eq(clients.clientId, clientId)))
      ).length > 0,
    async register(metadata) {
      if (registration === 'closed') throw new Problem('oauth-registration-closed', 'This installation takes no registrations by programs.');
      const redirectUris = redirectsOf(metadata['redirect_uris']);
      requireServed(metadata);
      const name = shownName(metadata['client_name'], 'An agent without a name');
      const row = { tenantId: null, clientId: `swc_${randomToken(16)}`, name, clientUri: pageOf(metadata['client_uri']), redirectUris, createdBy: null, createdAt: now() }; // prettier-ignore
      const made = await databases.platform('register oauth client', async (db) => {
        if ((await db.$count(clients, isNull(clients.tenantId))) >= MAX_DYNAMIC)
          throw new Problem('oauth-registration-closed', 'Too many programs have registered here; unused ones are forgotten after thirty days.');
        return insert(db, row);
      });
      return { ...clientOf(made), createdAt: made.createdAt };
    },
    listed: (tenantId) =>
      databases.platform('listed oauth clients', async (db) =>
        (await db.select().from(clients).where(eq(clients.tenantId, tenantId)).orderBy(asc(clients.name), asc(clients.id))).map(listedOf),
      ),
    async enter(tenantId, { name, clientId, redirectUris, by }) {
      if (clientId !== undefined && !isDocumentId(clientId))
        throw new Problem('validation-failed', 'The address of a metadata document is an https address with a path.', { errors: [{ pointer: '/clientId', message: 'An https address with a path' }] }); // prettier-ignore
      if (clientId === undefined) redirectsOf(redirectUris);
      const row = { tenantId, clientId: clientId ?? `swc_${randomToken(16)}`, name: shownName(name, 'Agent'), clientUri: null, redirectUris: clientId === undefined ? redirectUris : [], createdBy: by, createdAt: now() }; // prettier-ignore
      const made = await databases
        .platform('enter oauth client', (db) => insert(db, row))
        .catch((error: unknown) => {
          throw isUniqueViolation(error, 'oauth_clients_client') ? new Problem('name-taken', 'This agent is entered already.') : error;
        });
      return listedOf(made);
    },
    remove: (tenantId, id) =>
      databases
        .platform('remove oauth client', async (db) => {
          const [gone] = await db
            .delete(clients)
            .where(and(eq(clients.tenantId, tenantId), eq(clients.id, id)))
            .returning();
          // Who connected it because it was on the list is not left with what nobody can see there.
          if (gone) await db.update(grants).set({ revokedAt: now() }).where(and(eq(grants.tenantId, tenantId), eq(grants.clientId, gone.clientId), isNull(grants.revokedAt))); // prettier-ignore
          return gone !== undefined;
        })
        .finally(ended),
  };
}

/** Forgets programs that registered themselves and were not used for a month. As the platform, by the clock. */
export async function sweepClients(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LIVES.unusedClient);
  const stale = or(lt(clients.usedAt, before), and(isNull(clients.usedAt), lt(clients.createdAt, before)));
  await db.delete(clients).where(and(isNull(clients.tenantId), stale));
}
