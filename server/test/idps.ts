import type { JWK } from 'jose';

type Json = Record<string, unknown>;

export interface FakePerson {
  sub: string;
  claims?: Json;
  amr?: string[];
  acr?: string;
}
export interface OidcOptions {
  shape?: 'generic' | 'google' | 'microsoft' | 'apple' | 'peeringdb';
  clients: {
    clientId: string;
    clientSecret: string | null;
    redirectUris: string[];
    backchannelLogoutUri?: string;
    postLogoutRedirectUris?: string[];
  }[];
  people: FakePerson[];
  port?: number;
  appleKey?: string;
}
/** The OpenID provider of e2e/fakes/oidc.ts. */
export interface Oidc {
  issuer: string;
  origin: string;
  tenant: string;
  asked: (name: string) => { method: string; path: string; parameters: Record<string, string> }[];
  as: (sub: string) => void;
  person: (sub: string) => FakePerson;
  goes: (mode: 'up' | 'down' | 'hangs') => void;
  alter: (endpoint: string, change: ((body: Json) => Json | Promise<Json>) | undefined) => void;
  failsAt: (endpoint: string | undefined) => void;
  rejectsRefresh: (yes: boolean) => void;
  key: () => JWK;
  rotate: () => void;
  close: () => Promise<void>;
}

export interface GithubOptions {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  people: { id: number; login: string; name: string | null; emails: { email: string; primary: boolean; verified: boolean }[] }[];
}
/** GitHub of e2e/fakes/github.ts. */
export interface Github {
  url: string;
  seen: { path: string; parameters: Record<string, string> }[];
  as: (id: number) => void;
  grants: (scopes: string[] | undefined) => void;
  refuses: (yes: boolean) => void;
  goes: (mode: 'up' | 'down') => void;
  close: () => Promise<void>;
}

/** By their paths: the fakes belong to the journeys, which the server does not know. */
const fake = (name: string): Promise<Record<string, (options: never) => Promise<unknown>>> =>
  import(new URL(`../../e2e/fakes/${name}.ts`, import.meta.url).href) as Promise<Record<string, (options: never) => Promise<unknown>>>;

export const startOidc = async (options: OidcOptions): Promise<Oidc> => (await (await fake('oidc'))['startOidc']!(options as never)) as Oidc;
export const startGithub = async (options: GithubOptions): Promise<Github> =>
  (await (
    await fake('github')
  )['startGithub']!(options as never)) as Github;

/** What a provider sent a browser back with. */
export interface SentBack {
  parameters: Record<string, string>;
  /** As an address, or as a form that its page posts. */
  by: 'address' | 'form';
}

const formOf = (html: string): Record<string, string> =>
  Object.fromEntries([...html.matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));

/** A browser at the provider: keeps its cookies, follows its redirects, and stops where it would come back to us. */
export function createWanderer(ours = 'http://localhost:8420') {
  const jar = new Map<string, string>();
  return async function wander(location: string): Promise<SentBack> {
    let next = location;
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await fetch(next, { redirect: 'manual', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        jar.set(name!, value!);
      }
      const to = response.headers.get('location');
      if (to === null) {
        const html = await response.text();
        if (html.includes('<form')) return { parameters: formOf(html), by: 'form' };
        throw new Error(`the provider answered ${response.status}: ${html.slice(0, 500)}`);
      }
      const url = new URL(to, next);
      if (url.href.startsWith(ours)) return { parameters: Object.fromEntries(url.searchParams), by: 'address' };
      next = url.href;
    }
    throw new Error('the provider sends the browser around in circles');
  };
}
