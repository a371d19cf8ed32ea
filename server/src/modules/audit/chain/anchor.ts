import type { Databases } from '#kernel/database.ts';
import { desc, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { anchors } from '../tables.ts';
import { headOf } from './sealer.ts';
import { anchorText, nameOf, type AnchorClaim, type Signer } from './signing.ts';

/** Signs the head of one chain, unless it has not moved since. Answers what was signed. */
export const anchorChain = (databases: Databases, signer: Signer, tenantId: string, at: Date): Promise<AnchorClaim | undefined> =>
  databases.platform('sign an audit chain', async (db) => {
    const { seq, hash } = await headOf(db, tenantId);
    const [last] = await db.select().from(anchors).where(eq(anchors.tenantId, tenantId)).orderBy(desc(anchors.seq)).limit(1);
    if (seq === (last?.seq ?? 0)) return undefined;
    const previous = last ? nameOf(last.signature) : '';
    const claim: AnchorClaim = { tenantId, seq, hash: hash.toString('hex'), at: at.toISOString(), previous };
    const signature = signer.sign(anchorText(claim));
    await db.insert(anchors).values({ id: newId(), ...claim, at, hash, keyId: signer.keyId, signature });
    return claim;
  });
