import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { ProblemView } from './problem-view.tsx';

const problem = new Problem({
  type: 'https://switchyard.dev/problems/validation-failed',
  title: 'Input not valid',
  status: 422,
  detail: 'servers.create: the input does not match.',
  instance: 'req-42',
  errors: [{ pointer: '/name', message: 'small letters only' }],
});
const show = (error: unknown, retry?: () => void) => render(<ProblemView error={error} retry={retry} />);

test('a problem is announced with title, detail, code, status, request id and its fields', () => {
  show(problem);
  const text = screen.getByRole('alert').textContent;
  for (const part of ['Input not valid', 'the input does not match', 'validation-failed', 'HTTP 422', 'req-42', '/name', 'small letters only'])
    expect(text).toContain(part);
});

test('retry is offered only where there is something to retry', () => {
  const retry = vi.fn<() => void>();
  show(problem, retry);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
});

test('a stored problem body reads like a thrown one', () => {
  show(problem.body);
  expect(screen.getByRole('alert').textContent).toContain('validation-failed');
});

test('a fault of the page itself has a code of its own and no HTTP status', () => {
  show(new TypeError('x is undefined'));
  const text = screen.getByRole('alert').textContent;
  expect(text).toContain('page-failed');
  expect(text).not.toContain('HTTP');
});
