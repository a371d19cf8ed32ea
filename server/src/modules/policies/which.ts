import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { ActiveSet, Bundle } from './bundle.ts';
import { readVersion } from './drafts.ts';
import { Policies } from './providers/port.ts';
import { Document, SetId, VersionNumber } from './schemas.ts';
import { findSet } from './store.ts';

/** Which rules something is tried against: what is in force, with one version or an unsaved document in place of its set. */
export const Which = {
  setId: SetId.optional().meta({ title: 'Policy set', help: 'Try a version of this set instead of its active one', widget: 'policySet' }),
  version: VersionNumber.optional().meta({ title: 'Version', help: 'The newest when left out' }),
  document: Document.optional().meta({ title: 'Document', help: 'Try this text, saved or not, instead of the set that it names', widget: 'policy' }),
};
/** What is needed to look rules up; a job has no more. */
type Looking = Pick<ReadContext, 'db' | 'tenantId' | 'provider'>;
export type Which = { setId?: string | undefined; version?: number | undefined; document?: string | undefined };

/** The version or text that is to be tried; undefined when it is what is in force. */
export async function candidateOf(ctx: Looking, { setId, version, document }: Which): Promise<ActiveSet | undefined> {
  if (document !== undefined) {
    const { set, compiled } = ctx.provider(Policies).read(document, 'draft');
    return { id: null, name: set.name, version: 'draft', set, compiled };
  }
  if (setId === undefined) {
    if (version === undefined) return undefined;
    throw new Problem('validation-failed', 'A version belongs to a set.', {
      errors: [{ pointer: '/setId', message: 'Name the set of the version' }],
    });
  }
  const row = await findSet(ctx, setId);
  const number = version ?? row.version;
  const { set, compiled } = await readVersion(ctx, row, number);
  return { id: row.id, name: row.name, version: String(number), set, compiled };
}

export async function bundleWith(ctx: Looking, candidate: ActiveSet | undefined): Promise<Bundle> {
  const policies = ctx.provider(Policies);
  const bundle = await policies.bundle(ctx.db, ctx.tenantId);
  return candidate ? policies.withVersion(bundle, candidate) : bundle;
}
