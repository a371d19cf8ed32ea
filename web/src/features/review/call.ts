import { queryOptions } from '@tanstack/react-query';
import { preview, run, type Envelope, type Outcome } from '#lib/api.ts';
import type { Preview } from '#lib/types.ts';

/** One Operation with its input, not yet made. */
export interface Call {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1. */
  path: string;
  body?: object;
  /** The input of a DELETE. */
  query?: Record<string, string | number | boolean>;
  /** Version that was seen. */
  ifMatch?: number;
}

const parts = ({ body, query }: Call) => ({ ...(body ? { body } : {}), ...(query ? { query } : {}) });
const seen = ({ ifMatch }: Call) => (ifMatch === undefined ? {} : { ifMatch });

/** The plan of a call, as of now: it is not kept, since what it looked at moves. */
export const planQuery = (call: Call) =>
  queryOptions<Preview>({
    queryKey: ['plan', call],
    queryFn: ({ signal }) => preview(call.method, call.path, { ...parts(call), signal }, seen(call)),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

/** Make the call. */
export const make = <T>(call: Call, envelope: Envelope = {}): Promise<Outcome<T>> =>
  run<T>(call.method, call.path, parts(call), { ...seen(call), ...envelope });
