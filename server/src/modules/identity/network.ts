// Who counts as one client is asked for outside this module too.
export { maskedIp, networkOf } from '#kernel/network.ts';
