import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { draftOf, savePlan } from '../drafts.ts';
import { Document, Message, PolicySetDetail, SetId } from '../schemas.ts';
import { findSet, requireSeen, saveVersion, setTarget } from '../store.ts';
import { setDetail } from '../views.ts';

export const policiesUpdate = defineOperation({
  name: 'policies.update',
  summary: 'Save a new version of a policy set',
  description: 'Every save is a version that stays as it is. What is in force changes only by `policies.versions.activate`. Send `If-Match` so that no other edit is lost.',
  permission: 'policies:write',
  risk: 'write',
  input: z.object({ id: SetId, document: Document, message: Message }),
  output: PolicySetDetail,
  targets: setTarget,
  async plan(ctx, { id, document, message }) {
    const row = await findSet(ctx, id);
    requireSeen(ctx, row);
    const { set, warnings } = draftOf(ctx, document, message, row);
    return savePlan(ctx, row, set, warnings);
  },
  async run(ctx, { id, document, message }) {
    const row = await findSet(ctx, id);
    return setDetail(ctx, await saveVersion(ctx, id, draftOf(ctx, document, message, row)));
  },
}); // prettier-ignore
