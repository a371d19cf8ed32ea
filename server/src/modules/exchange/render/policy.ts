import { irrText, type IrrMode } from './irr.ts';

/** Networks that no member reaches through a route server: those that sell transit to everybody. */
const NEVER_VIA_RS = [174, 701, 1_299, 2_914, 3_257, 3_320, 3_356];

const BOGONS_V4 =
  '0.0.0.0/8+, 10.0.0.0/8+, 100.64.0.0/10+, 127.0.0.0/8+, 169.254.0.0/16+, 172.16.0.0/12+, 192.0.0.0/24+, 192.0.2.0/24+, ' +
  '192.168.0.0/16+, 198.18.0.0/15+, 198.51.100.0/24+, 203.0.113.0/24+, 224.0.0.0/3+';
const BOGONS_V6 = '::/8+, 64:ff9b::/96+, 100::/8+, 2001:db8::/32+, 2002::/16+, 3fff::/20+, fc00::/7+, fe80::/10+, fec0::/10+, ff00::/8+';

/** One family's look at the origin; `invalid` is what is done with a route whose origin may not announce it. */
const origin = (
  family: 4 | 6,
  invalid: string,
): string => `    if roa_check(sy_roa${family}, net, bgp_path.last_nonaggregated) = ROA_INVALID then ${invalid}
    else if roa_check(sy_roa${family}, net, bgp_path.last_nonaggregated) = ROA_VALID then bgp_large_community.add((RS_AS, 1000, 1));
    else bgp_large_community.add((RS_AS, 1000, 2));`;

const originChecks = (invalid: string): string => `function sy_rov() {
  if net.type = NET_IP4 then {
${origin(4, invalid)}
  } else {
${origin(6, invalid)}
  }
  return true;
}`;
/** Without a validator nothing is known of origins, and that is said. */
const UNCHECKED = `function sy_rov() {
  bgp_large_community.add((RS_AS, 1000, 3));
  return true;
}`;

const prepends = [1, 2, 3]
  .map(
    (times) => `  if (RS_AS, ${100 + times}, peer_as) ~ bgp_large_community || (RS_AS, ${100 + times}, 0) ~ bgp_large_community then {
${'    bgp_path.prepend(bgp_path.first);\n'.repeat(times)}  }`,
  )
  .join('\n');

export interface PolicyOptions {
  rpki: 'enforce' | 'monitor' | 'unchecked';
  irr: IrrMode;
  drains: boolean;
}

/** Graceful shutdown, on every route that leaves. */
export const GRACEFUL = 'bgp_community.add((65535, 0));';

const rovOf = ({ rpki }: PolicyOptions): string =>
  rpki === 'unchecked' ? UNCHECKED : originChecks(rpki === 'enforce' ? 'return sy_deny(13);' : 'bgp_large_community.add((RS_AS, 1000, 4));');

/**
 * What every route from a member has to pass, and what becomes of it on its way to the others. A refused route carries its reason in the
 * large community (RS_AS, 1101, n), by the numbers that looking glasses of exchanges know.
 */
export const policyText = (options: PolicyOptions): string => `define BOGON_ASN = [ 0, 23456, 64496..131071, 4200000000..4294967295 ];
define NEVER_VIA_RS = [ ${NEVER_VIA_RS.join(', ')} ];
function sy_deny(int why) { bgp_large_community.add((RS_AS, 1101, why)); return false; }
function sy_len_ok() {
  if net.type = NET_IP4 then { if net.len > 24 then return sy_deny(1); if net.len < 8 then return sy_deny(2); }
  else { if net.len > 48 then return sy_deny(1); if net.len < 16 then return sy_deny(2); }
  return true;
}
function sy_bogon() {
  if net.type = NET_IP4 then return net ~ [ ${BOGONS_V4} ];
  return net ~ [ ${BOGONS_V6} ];
}
function sy_path_ok(int peer_as) {
  if bgp_path.len > 64 then return sy_deny(5);
  if bgp_path.len < 1 then return sy_deny(6);
  if bgp_path.first != peer_as then return sy_deny(7);
  if bgp_path ~ BOGON_ASN then return sy_deny(4);
  if bgp_path ~ NEVER_VIA_RS then return sy_deny(14);
  return true;
}
${rovOf(options)}${options.irr === 'off' ? '' : `\n${irrText(options.irr)}`}
function ${options.irr === 'off' ? 'sy_in' : 'sy_checked'}(int peer_as) {
  bgp_large_community.delete([(RS_AS, 1000..1001, *), (RS_AS, 1101, *)]);
  if !sy_len_ok() then return false;
  if sy_bogon() then return sy_deny(3);
  if !sy_path_ok(peer_as) then return false;
  if bgp_next_hop != from then return sy_deny(8);
  # Without its link-local half, which some speakers cannot use.
  bgp_next_hop = from;
  if (65535, 0) ~ bgp_community then bgp_local_pref = 0;
  return ${options.irr === 'off' ? 'sy_rov()' : 'true'};
}
function sy_out(int peer_as) {
  if source != RTS_BGP then return false;
  if (RS_AS, 0, peer_as) ~ bgp_large_community then return false;
  if (RS_AS, 0, 0) ~ bgp_large_community && !((RS_AS, 1, peer_as) ~ bgp_large_community) then return false;
${prepends}
  bgp_large_community.delete([(RS_AS, 0, *), (RS_AS, 1, *), (RS_AS, 101..103, *), (RS_AS, 1101, *)]);
${options.drains ? `  ${GRACEFUL}\n` : ''}  return true;
}`;
