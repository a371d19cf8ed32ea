import type { Clock } from '#kernel/clock.ts';
import { Problem } from '#kernel/problem.ts';
import type { OAuthDeps } from './deps.ts';
import type { Client } from './providers/port.ts';
import { isDocumentId, redirectFault, shownName } from './rules.ts';

/** Milliseconds and characters. A document that cannot be had is not asked for again at once. */
const DOCUMENT = { fresh: 3_600_000, retry: 60_000, characters: 65_536, kept: 500 } as const;
/** A secret in a public document would be none. */
const SECRET_METHODS = new Set(['client_secret_basic', 'client_secret_post', 'client_secret_jwt']);

const refuse = (detail: string): Problem => new Problem('oauth-invalid-client', detail);

/** Throws `oauth-invalid-client` for a document without addresses that an answer may go to. */
function redirectsIn(uris: unknown): string[] {
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > 20)
    throw refuse('The metadata document of the agent names no redirect_uris, or too many.');
  for (const uri of uris) {
    const fault = typeof uri === 'string' ? redirectFault(uri) : 'it is not text';
    if (fault) throw refuse(`A redirect URI in the metadata document of the agent cannot be used: ${fault}.`);
  }
  return uris as string[];
}

/** Reads a client id metadata document. Throws `oauth-invalid-client` with what is wrong with it. */
export function clientOfDocument(clientId: string, document: unknown): Client {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) throw refuse('The metadata document of the agent is no object.');
  const found = document as Record<string, unknown>;
  if (found['client_id'] !== clientId) throw refuse('The metadata document of the agent has another client_id than the address that it is at.');
  if (SECRET_METHODS.has(String(found['token_endpoint_auth_method'])) || 'client_secret' in found)
    throw refuse('The metadata document of the agent speaks of a secret; such an agent has none.');
  return {
    clientId,
    name: shownName(found['client_name'], new URL(clientId).host),
    kind: 'document',
    uri: pageOf(found['client_uri']),
    redirectUris: redirectsIn(found['redirect_uris']),
    tenantId: null,
  };
}

/** A page about the program that a person may follow a link to. */
export const pageOf = (uri: unknown): string | null =>
  typeof uri === 'string' && uri.length <= 500 && uri.startsWith('https://') && URL.canParse(uri) ? uri : null;

/** Clients by the address of their document, remembered for an hour. */
export function createDocuments({ fetchDocument, now }: Pick<OAuthDeps, 'fetchDocument'> & { now: Clock }) {
  const known = new Map<string, { found: Client | Problem; until: number }>();

  async function load(clientId: string): Promise<Client> {
    const response = await fetchDocument(clientId).catch((cause: unknown) => {
      throw new Problem('oauth-invalid-client', 'The metadata document of the agent cannot be fetched from here.', {}, { cause });
    });
    if (response.status !== 200) throw refuse(`The metadata document of the agent cannot be fetched: its server answers ${response.status}.`);
    const text = await response.text();
    if (text.length > DOCUMENT.characters) throw refuse('The metadata document of the agent is too long.');
    try {
      return clientOfDocument(clientId, JSON.parse(text));
    } catch (error) {
      throw error instanceof Problem ? error : refuse('The metadata document of the agent is not JSON.');
    }
  }

  return async (clientId: string): Promise<Client | undefined> => {
    if (!isDocumentId(clientId)) return undefined;
    const at = now().getTime();
    let kept = known.get(clientId);
    if (!kept || kept.until <= at) {
      const found = await load(clientId).catch((error: unknown) => error as Problem);
      const failed = found instanceof Error;
      kept = { found, until: at + (failed ? DOCUMENT.retry : DOCUMENT.fresh) };
      known.delete(clientId);
      known.set(clientId, kept);
      if (known.size > DOCUMENT.kept) known.delete(known.keys().next().value!);
    }
    // One refusal is of one call: the Gate writes on it.
    if (kept.found instanceof Error) throw new Problem(kept.found.slug, kept.found.message, {}, { cause: kept.found.cause });
    return kept.found;
  };
}
