import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemView } from '#ui/problem-view.tsx';

/** What stands in the place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const queries = useQueryErrorResetBoundary();
  const router = useRouter();
  const retry = () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <div className="p-4">
      <ProblemView error={error} size="page" retry={retry} />
    </div>
  );
}
