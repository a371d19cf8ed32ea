import { urlOf } from '#lib/api.ts';
import { Problem, unreachable } from '#lib/problem.ts';
import type { ProblemBody } from '#lib/types.ts';

interface Upload {
  path: string;
  /** Slug of the tenant that the page shows. */
  tenant: string;
  body: object;
  /** Idempotency key: another try after a lost answer does not act twice. */
  key: string;
  /** 0 to 100, of what was sent. */
  onProgress: (percent: number) => void;
  signal: AbortSignal;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
const isBody = (value: unknown): value is ProblemBody => typeof value === 'object' && value !== null && 'title' in value && 'type' in value;

/** One POST that tells how far it is, which fetch cannot. Throws Problem; one that was called off throws an AbortError. */
export const upload = <T>({ path, tenant, body, key, onProgress, signal }: Upload): Promise<T> =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const cancel = () => call.abort();
    signal.addEventListener('abort', cancel, { once: true });
    call.open('POST', urlOf(path));
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-requested-with': 'switchyard' };
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.setRequestHeader('x-switchyard-tenant', tenant);
    call.setRequestHeader('idempotency-key', key);
    call.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && onProgress((100 * loaded) / Math.max(1, total));
    call.onload = () => {
      const answer = parsed(call.responseText);
      if (call.status >= 200 && call.status < 300) return resolve(answer as T);
      const known = isBody(answer) ? answer : { type: `http-${call.status}`, title: `HTTP ${call.status} ${call.statusText}`.trim() };
      reject(new Problem({ ...known, status: call.status }));
    };
    call.onerror = () => reject(unreachable(new Error('network')));
    call.onabort = () => reject(new DOMException('called off', 'AbortError'));
    call.onloadend = () => signal.removeEventListener('abort', cancel);
    call.send(JSON.stringify(body));
  });
