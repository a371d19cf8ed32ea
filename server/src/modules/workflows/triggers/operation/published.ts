import type { Databases } from '#kernel/database.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import { canonicalJson, sha256 } from '#kernel/ids.ts';
import type { AnyOperation, Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { PUBLISHED, type PublishedOperations } from '#kernel/published.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { targetOf } from '../../model/store.ts';
import { declaredOperation } from './declare.ts';
import { publishedOf, type Published } from './find.ts';
import { runOperation } from './run.ts';

/** Operations that are kept in mind; surfaces keep what they make of one by its identity. */
const MOST = 2_000;
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** A map that forgets what was put into it first. */
function remembering(): { of: (key: string, make: () => AnyOperation) => AnyOperation } {
  const kept = new Map<string, AnyOperation>();
  return {
    of(key, make) {
      const known = kept.get(key);
      if (known) return known;
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!);
      const made = make();
      kept.set(key, made);
      return made;
    },
  };
}

/** Workflows that tenants have published as Operations of their own. */
export function createPublished({ databases, permit }: { databases: Databases; permit: Steps['permit'] }): PublishedOperations {
  const own = new WeakSet<AnyOperation>();
  const [whole, bare] = [remembering(), remembering()];
  const owned = (operation: AnyOperation): AnyOperation => (own.add(operation), operation);
  const declared = (row: Published): AnyOperation => whole.of(sha256(canonicalJson(row)), () => owned(declaredOperation(row)));

  return {
    owns: (operation) => own.has(operation),
    async offered(db, actor) {
      const reaches = new Map<Risk, Promise<Reach>>();
      const reachFor = ({ name, permission, risk }: AnyOperation): Promise<Reach> => {
        const none = (error: unknown): Reach => {
          if (error instanceof Problem) return [];
          throw error;
        };
        if (!reaches.has(risk)) reaches.set(risk, permit(db, actor, { name, permission, risk }).catch(none));
        return reaches.get(risk)!;
      };
      const found: AnyOperation[] = [];
      for (const row of await publishedOf({ db, tenantId: actor.tenantId })) {
        const operation = declared(row);
        // What lies outside a caller's reach is nothing that they could be offered.
        if (coveringGrant(await reachFor(operation), [targetOf(row)]) !== undefined) found.push(operation);
      }
      return found;
    },
    async find(tenantId, name) {
      const slug = name.startsWith(PUBLISHED) ? name.slice(PUBLISHED.length) : '';
      if (!SLUG.test(slug)) return undefined;
      const [row] = await databases.tenant({ tenantId, operation: name, readOnly: true }, (db) => publishedOf({ db, tenantId }, slug));
      return row && declared(row);
    },
    named(name) {
      const slug = name.startsWith(PUBLISHED) ? name.slice(PUBLISHED.length) : '';
      return SLUG.test(slug) ? bare.of(slug, () => owned(runOperation(slug, 'write'))) : undefined;
    },
  };
}
