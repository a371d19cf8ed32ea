import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { toProblem } from '#lib/problem.ts';
import { useDocumentTitle } from '#ui/document-title.ts';
import { ProblemView } from '#ui/problem-view.tsx';

/** What stands in the place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  useDocumentTitle(toProblem(error).body.title);
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
