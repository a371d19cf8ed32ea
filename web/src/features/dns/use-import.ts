import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { preview } from '#lib/api.ts';
import { toProblem } from '#lib/problem.ts';
import type { Preview } from '#lib/types.ts';
import { faultsIn, type Fault } from './import-faults.tsx';

export const MOST_BYTES = 5 * 1024 * 1024;
export interface ImportOptions {
  mode: 'merge' | 'replace';
  keepNs: boolean;
  skipInvalid: boolean;
}
const NONE: readonly Fault[] = [];

/** A zone file on its way in: text, options, and the plan of them once it was asked for. Whatever changes takes the plan back. */
export function useImport(zoneId: string, onAnswer: () => void) {
  const [text, setText] = useState('');
  const [options, setOptions] = useState<ImportOptions>({ mode: 'merge', keepNs: false, skipInvalid: false });
  const [confirmed, setConfirmed] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  // A file may have megabytes: it is sent when asked for, never with each key, and is no key of a cache.
  const plan = useMutation<Preview, Error, Call>({
    mutationFn: ({ method, path, body }) => preview(method, path, { body }),
    gcTime: 0,
    onSettled: onAnswer,
  });
  const check = (confirm = confirmed) =>
    plan.mutate({
      method: 'POST',
      path: `/dns/zones/${zoneId}/import`,
      body: { source: 'text', zonefile: text, ...options, ...(confirm ? { confirmMassChange: true } : {}) },
    });
  const problem = useMemo(() => (plan.error ? toProblem(plan.error) : null), [plan.error]);
  const mass = problem?.slug === 'mass-change';
  const faults = useMemo(() => (problem && !mass ? faultsIn(problem) : NONE), [problem, mass]);
  const write = (next: string) => {
    setText(next);
    plan.reset();
  };
  return {
    text,
    options,
    confirmed,
    tooLarge,
    plan,
    problem,
    /** The server asks whether so much is meant to change. */
    mass: mass || confirmed,
    faults,
    write,
    choose: (patch: Partial<ImportOptions>) => {
      setOptions({ ...options, ...patch });
      plan.reset();
    },
    read: (file: File | undefined) => {
      if (!file) return;
      setTooLarge(file.size > MOST_BYTES);
      if (file.size <= MOST_BYTES) void file.text().then(write);
    },
    check: () => check(),
    confirm: (on: boolean) => {
      setConfirmed(on);
      check(on);
    },
  };
}
export type Import = ReturnType<typeof useImport>;
