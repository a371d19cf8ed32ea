import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { Egress } from '../egress/port.ts';
import type { EndWishes } from '../providers/port.ts';
import { CALLBACK_EVENTS, type ExecuteOptions } from './schemas.ts';

type Options = Pick<z.output<typeof ExecuteOptions>, 'callbackUrl' | 'callbackEvents' | 'notifyOnComplete' | 'notifyOnError'>;

/** What whoever starts an execution wishes to hear of its end; undefined when nothing. Throws `validation-failed` for an address that is not called. */
export async function wishesOf(ctx: ReadContext, { callbackUrl: url, callbackEvents, notifyOnComplete, notifyOnError }: Options): Promise<EndWishes | undefined> {
  if (url === undefined && !notifyOnComplete && !notifyOnError) return undefined;
  if (url !== undefined) {
    const fault = await ctx.provider(Egress).urlFault({ tenantId: ctx.tenantId, exceptions: null }, url);
    if (fault !== null) throw new Problem('validation-failed', `The callback address must not be called: ${fault}`, { errors: [{ pointer: '/options/callbackUrl', message: fault }] });
  }
  return {
    ...(url === undefined ? {} : { callback: { url, events: callbackEvents ?? CALLBACK_EVENTS } }),
    ...(notifyOnComplete ? { onComplete: true as const } : {}),
    ...(notifyOnError ? { onError: true as const } : {}),
  };
} // prettier-ignore
