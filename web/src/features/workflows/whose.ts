import { queryClient } from '#lib/query.ts';
import { meQuery } from '#lib/session.ts';

/** Part of the key of what a tab keeps: whoever signs in after somebody else in it is shown nothing of theirs. */
export const whose = (): string => queryClient.getQueryData(meQuery.queryKey)?.actor.id ?? 'nobody';
