import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '#lib/session.ts';
import { TOUCHED } from './api.ts';
import { fileFault } from './files.ts';
import { sendFile } from './send.ts';

export interface Upload {
  key: string;
  name: string;
  bytes: number;
  state: 'waiting' | 'sending' | 'done' | 'asked' | 'failed';
  /** 0 to 100, of what was sent. */
  percent: number;
  /** What was wrong with the file before it was sent, in words. */
  fault: string | null;
  /** What the server refused it for. */
  error: unknown;
}
interface Job {
  file: File;
  stop: AbortController;
}

/** Leaving the page calls off what has not arrived. */
function useCallOff(jobs: Map<string, Job>): void {
  useEffect(
    () => () => {
      for (const { stop } of jobs.values()) stop.abort();
    },
    [jobs],
  );
}

/** A file as it begins: what speaks against it is said at once. */
const begun = (key: string, file: File): Upload => {
  const fault = fileFault(file);
  return { key, name: file.name, bytes: file.size, percent: 0, fault, error: null, state: fault ? 'failed' : 'waiting' };
};

/** Files on their way into a collection, one after the other, each with how far it is. */
export function useUploads(collectionId: string) {
  const client = useQueryClient();
  const { tenant } = useMe();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const jobs = useRef(new Map<string, Job>());
  const chain = useRef(Promise.resolve());
  const patch = useCallback((key: string, part: Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);

  const send = useCallback(
    async (key: string): Promise<void> => {
      const job = jobs.current.get(key);
      if (!job || job.stop.signal.aborted) return;
      patch(key, { state: 'sending', percent: 0 });
      try {
        const onProgress = (percent: number) => patch(key, { percent });
        const isThere = await sendFile({ collectionId, tenant: tenant.slug, file: job.file, key, onProgress, signal: job.stop.signal });
        patch(key, { state: isThere ? 'done' : 'asked', percent: 100 });
        jobs.current.delete(key);
        await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.includes(String(queryKey[0])) });
      } catch (error) {
        if (!job.stop.signal.aborted) patch(key, { state: 'failed', error });
      }
    },
    [client, collectionId, patch, tenant.slug],
  );
  const queue = useCallback(
    (key: string) => {
      chain.current = chain.current.then(() => send(key));
    },
    [send],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = crypto.randomUUID();
        const one = begun(key, file);
        setUploads((all) => [...all, one]);
        if (one.fault) continue;
        jobs.current.set(key, { file, stop: new AbortController() });
        queue(key);
      }
    },
    [queue],
  );
  /** Calls off one that has not arrived, and takes it out of sight. */
  const remove = useCallback((key: string) => {
    jobs.current.get(key)?.stop.abort();
    jobs.current.delete(key);
    setUploads((all) => all.filter((one) => one.key !== key));
  }, []);
  const retry = useCallback(
    (key: string) => {
      patch(key, { state: 'waiting', error: null });
      queue(key);
    },
    [patch, queue],
  );
  useCallOff(jobs.current);
  return { uploads, add, remove, retry };
}
