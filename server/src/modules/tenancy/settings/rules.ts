import ipaddr from 'ipaddr.js';
import type { Settings } from './schema.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const SPECIAL = new Set(['__proto__', 'constructor', 'prototype']);

/** JSON Merge Patch (RFC 7396): null removes a member, which here brings its default back. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = { ...(isObject(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (SPECIAL.has(key)) continue;
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

export interface Difference {
  path: string;
  before: Json;
  after: Json;
}

/** Every single setting that differs, as `security.mfa`. */
export function differences(before: Settings, after: Settings): Difference[] {
  const found: Difference[] = [];
  for (const group of Object.keys(after) as (keyof Settings)[]) {
    const [old, next] = [before[group] as Record<string, Json>, after[group] as Record<string, Json>];
    for (const key of Object.keys(next))
      if (JSON.stringify(old[key]) !== JSON.stringify(next[key]))
        found.push({ path: `${group}.${key}`, before: old[key] ?? null, after: next[key]! });
  }
  return found;
}

const RELEVANT: ReadonlySet<string> = new Set<keyof Settings>(['security', 'data', 'ai', 'agents', 'changes']);
/** Settings that decide who gets in, what is kept, who may see it, and how often approvals may be skipped: a change of one of them is of high risk. */
export const isSecurityRelevant = ({ path }: Pick<Difference, 'path'>): boolean => RELEVANT.has(path.split('.')[0]!);

/** Is the address in one of the ranges? IPv4 that came in an IPv6 socket counts as IPv4. */
export function inNetworks(ip: string | null, networks: readonly string[]): boolean {
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return networks.some((text) => {
    const [range, bits] = ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : wholeOf(text);
    return range.kind() === address.kind() && address.match([range, bits] as never);
  });
}

function wholeOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** An empty list lets everybody in. */
export const isAdmitted = (ip: string | null, allowList: readonly string[]): boolean => allowList.length === 0 || inNetworks(ip, allowList);
