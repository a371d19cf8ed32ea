import { redirect } from '@tanstack/react-router';
import { Problem } from '#lib/problem.ts';
import { queryClient } from '#lib/query.ts';
import { meAtDoor } from '#lib/session.ts';
import type { Me } from '#lib/types.ts';

/** The signed-in person, or the way to sign in and back here; for `beforeLoad`. */
export async function signedIn(href: string): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(meAtDoor);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      const ended = error.slug !== 'unauthenticated';
      // oxlint-disable-next-line typescript/only-throw-error -- how the router is told to go elsewhere
      throw redirect({ to: '/login', search: { ...(href === '/' ? {} : { returnTo: href }), ...(ended ? { ended } : {}) } });
    }
    throw error;
  }
}
