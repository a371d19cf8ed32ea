/** A call from outside at an address that starts or answers something, as the surface has read it. */
export interface HookRequest {
  method: string;
  /** Names in small letters. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: URLSearchParams;
  ip: string;
  /** As it came. */
  body: Uint8Array;
  requestId: string;
}

/** What the caller is answered. */
export interface HookAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON; of a `file` its `name` and `base64`. */
  body: unknown;
  /** `json`, `text`, `html`, `file` or `redirect`. */
  bodyType: string;
}

/** What listens at an address; all else about it is its module's own. */
export interface FoundHook {
  methods: readonly string[];
  maxBodyBytes: number;
  /** Origins of pages that may call. */
  cors: readonly string[];
}

/** The doors of `/hooks/…`. All of them throw problems. */
export interface Hooks {
  /** In mind already, so that it costs nothing to look. */
  known: (token: string) => boolean;
  knownPath: (tenantSlug: string, path: string) => boolean;
  /** Throws `hook-not-found`. */
  byToken: (token: string) => Promise<FoundHook>;
  byPath: (tenantSlug: string, path: string) => Promise<FoundHook>;
  /** All checks behind the size, then the start; resolves with the answer for the caller. */
  receive: (hook: FoundHook, request: HookRequest) => Promise<HookAnswer>;
  /** Fills the builder that listens with data. */
  test: (token: string, request: HookRequest) => Promise<HookAnswer>;
  /** Answers what an execution waits for, once. */
  resume: (token: string, request: HookRequest) => Promise<HookAnswer>;
}
