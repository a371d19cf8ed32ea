import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** `#token=…` of a link in a mail. Fragments never reach a server, its log or a Referer header. */
export function tokenIn(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token && /^[\w.~-]{8,512}$/.test(token) ? token : null;
}

/** The token of a pasted link, or of a pasted token. */
export function tokenOf(pasted: string): string | null {
  const text = pasted.trim();
  const at = text.indexOf('#');
  return at >= 0 ? tokenIn(text.slice(at)) : tokenIn(`token=${encodeURIComponent(text)}`);
}

/** Kept outside React, since a change of language draws the page anew while the address has no token any more. */
let held: { path: string; token: string } | null = null;

/** The token this page was opened with. It is taken out of the address at once, so that no history or screenshot keeps it. */
export function useFragmentToken(): string | null {
  const { pathname, hash } = useLocation();
  const [token, setToken] = useState(() => tokenIn(hash) ?? (held?.path === pathname ? held.token : null));
  useEffect(() => {
    const found = tokenIn(hash);
    if (!found) return;
    held = { path: pathname, token: found };
    setToken(found);
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  }, [hash, pathname]);
  return token;
}
