import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { readableChange } from '../approvals/target.ts';
import { Machinery, Operations } from '../providers/port.ts';
import { deadlineOf, numberText } from '../rules.ts';
import { Change, ChangeId } from '../schemas.ts';
import { continued, RESUME_COMMENT, resumeHindrance } from '../stages/resume.ts';
import { appendLog, findChange, transition } from '../store.ts';
import { detailOf } from '../view.ts';

export const changesResume = defineOperation({
  name: 'changes.resume',
  summary: 'Let a held Change go on',
  description:
    'A Change is held when one of the targets that a rule had go first failed, or was not well afterwards. This lets the others follow all the same, and says why. It is also held when permission, Scope or a rule forbids the next ones at the moment of their turn; then this has them asked again, and sets nothing aside. To give it up, cancel it.',
  permission: 'changes:apply',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/resume' },
  input: z.object({
    id: ChangeId,
    comment: z.string().max(4000).optional().meta({ title: 'Why', help: 'Why the others may follow', widget: 'textarea' }),
  }),
  output: Change,
  targets: readableChange,
  async run(ctx, { id, comment = ctx.comment }) {
    const change = await findChange(ctx.db, ctx.tenantId, id, true);
    const hindered = resumeHindrance(change, ctx);
    if (hindered) throw hindered;
    const why = comment?.trim() ?? '';
    if (why.length < RESUME_COMMENT)
      throw new Problem('comment-required', `Say in at least ${RESUME_COMMENT} characters why the others may follow.`, {
        minLength: RESUME_COMMENT,
        patterns: [],
      });
    const { id: by, name } = ctx.actor;
    const stages = continued(change.stages!, { id: by, name, comment: why, at: ctx.now().toISOString() });
    const operation = ctx.provider(Operations).get(change.operation);
    const seconds = operation?.runs === 'job' ? operation.deadlineSeconds : undefined;
    const running = await transition(ctx, change, 'running', { stages, message: null, deadlineAt: deadlineOf('running', ctx.now(), seconds) });
    await appendLog(ctx.db, ctx.tenantId, change.id, 'log', { level: 'warn', message: `${name} let it go on: ${why}` });
    await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id });
    ctx.emit('change.resumed', { changeId: change.id, number: numberText(change.number), by: { id: by, name }, comment: why });
    return detailOf(ctx, running);
  },
});
