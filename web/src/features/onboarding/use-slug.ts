import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '#lib/api.ts';
import { isSlug } from './steps.ts';

/** After the last key, in milliseconds. */
const PAUSE = 350;

export type SlugState = 'invalid' | 'checking' | 'free' | 'taken' | 'unknown';

/** Whether a short name is free, asked when typing pauses. `unknown`: the server did not say, and will when it is used. */
export function useSlug(slug: string): SlugState {
  const [settled, setSettled] = useState(slug);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(slug), PAUSE);
    return () => clearTimeout(timer);
  }, [slug]);
  const check = useQuery({
    queryKey: ['/tenants/slug-available', settled],
    queryFn: ({ signal }) =>
      request<{ available: boolean; reason: string | null }>('GET', '/tenants/slug-available', { query: { slug: settled }, signal }),
    enabled: isSlug(settled),
    retry: false,
  });
  if (!isSlug(slug)) return 'invalid';
  if (settled !== slug || check.isPending) return 'checking';
  return check.data ? (check.data.available ? 'free' : 'taken') : 'unknown';
}
