import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { draftOf } from '../drafts.ts';
import { Document, Message, PolicySetDetail } from '../schemas.ts';
import { insertSet, requireRoom } from '../store.ts';
import { setDetail } from '../views.ts';

export const policiesCreate = defineOperation({
  name: 'policies.create',
  summary: 'Save a new policy set',
  description: 'The first version of a set, named by `metadata.name` of the document. It is a draft: nothing is in force until a version is activated.',
  permission: 'policies:write',
  risk: 'write',
  input: z.object({
    document: Document,
    message: Message.default('First version'),
    team: z.string().min(1).max(63).optional().meta({ title: 'Team', help: 'Slug of the team whose calls it holds for; everybody’s when left out', widget: 'team' }),
  }),
  output: PolicySetDetail,
  targets: () => [{ type: 'policySet', id: 'new' }],
  async plan(ctx, { document, message }) {
    const { set, warnings } = draftOf(ctx, document, message);
    await requireRoom(ctx, set.name);
    return {
      summary: `Save policy set ${set.name} with ${set.policies.length} policies and ${set.tests.length} tests as a draft`,
      changes: [{ action: 'create', type: 'policySet', name: set.name, fields: set.policies.map(({ id, type }) => ({ path: id, after: type })) }],
      reversible: 'Retire the set.',
      warnings,
    };
  },
  run: async (ctx, { document, message, team }) => setDetail(ctx, await insertSet(ctx, draftOf(ctx, document, message), team ?? null)),
}); // prettier-ignore
