import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';

/** What was read, or the skeleton or problem in its place. */
export function Loaded<T>({ query, lines = 3, children }: { query: UseQueryResult<T>; lines?: number; children: (data: T) => ReactNode }): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemView error={query.error} retry={() => void query.refetch()} />;
  return <SkeletonText lines={lines} />;
}
