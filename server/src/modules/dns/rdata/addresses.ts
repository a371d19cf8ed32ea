import ipaddr from 'ipaddr.js';
import { ipv4, ipv6 } from './fields.ts';
import { recordType } from './type.ts';

export const A = recordType<[string]>('A', 1, [ipv4]);
export const AAAA = recordType<[string]>('AAAA', 28, [ipv6]);

/** True for addresses that the Internet does not route to one host: private, loopback, link-local, documentation, multicast … */
export const isPrivateAddress = (address: string): boolean => {
  const parsed = ipaddr.process(address); // ::ffff:10.0.0.1 is judged as 10.0.0.1
  return parsed.range() !== 'unicast';
};
export const isLoopback = (address: string): boolean => ipaddr.process(address).range() === 'loopback';
