import { definePort } from '#kernel/port.ts';

/** Who keeps the networks: a controller of the operator's own, or ZeroTier's hosted service. */
export const CONTROLLER_KINDS = ['self_hosted_controller', 'central'] as const;
export type ControllerKind = (typeof CONTROLLER_KINDS)[number];

/** Small hexadecimal letters, as ZeroTier writes them. */
export const NODE_ID = /^[0-9a-f]{10}$/;
export const NETWORK_ID = /^[0-9a-f]{16}$/;

export interface Probe {
  /** Null where the controller is nobody's own, as with the hosted service. */
  nodeId: string | null;
  version: string;
}

export interface Route {
  target: string;
  via: string | null;
}

/** A network as it is, whichever controller keeps it. */
export interface Network {
  id: string;
  name: string;
  private: boolean;
  mtu: number;
  broadcast: boolean;
  multicastLimit: number;
  /** The controller hands out addresses by itself, in whichever way. */
  assigns: boolean;
  routes: Route[];
  /** Its rules are those that protect a peering LAN. */
  guarded: boolean;
  /** Prefixes within which members are kept from speaking BGP with each other. */
  culled: string[];
}

/** A network as we want it; private, without addresses of the controller's choice, and guarded, always. */
export interface NetworkWish {
  name: string;
  mtu: number;
  broadcast: boolean;
  multicastLimit: number;
  /** Networks with their length, one route each. */
  prefixes: readonly string[];
  /** Members are kept from speaking BGP with each other, for the time of a maintenance. */
  culls?: boolean;
}

export interface Member {
  /** As the controller names it. */
  memberId: string;
  nodeId: string;
  authorized: boolean;
  /** Without length. */
  addresses: string[];
  /** Grows with each change at the controller, and with nothing else. */
  revision: number;
}

export interface MemberWish {
  authorized: boolean;
  addresses: readonly string[];
  name: string;
}

/**
 * One controller. Everything may be asked for again. Methods throw Problems of section "Controllers" in `problems.ts`; what is wanted is
 * read back, and is there when they answer.
 */
export interface Controller {
  kind: ControllerKind;
  probe: () => Promise<Probe>;
  getNetwork: (id: string) => Promise<Network | null>;
  /** Routes that others made are left alone. A network that is absent is made, where the controller lets us choose its id. */
  ensureNetwork: (id: string, wish: NetworkWish) => Promise<{ created: boolean; updated: readonly string[]; network: Network }>;
  listMembers: (id: string) => Promise<Member[]>;
  getMember: (id: string, nodeId: string) => Promise<Member | null>;
  upsertMember: (id: string, nodeId: string, wish: MemberWish) => Promise<Member>;
  /** Null when the controller does not know the node: nothing is made then. */
  deauthorizeMember: (id: string, nodeId: string) => Promise<Member | null>;
  deleteMember: (id: string, nodeId: string) => Promise<void>;
}

export interface ControllerAccess {
  kind: ControllerKind;
  baseUrl: string;
  token: string;
}

/** Controllers by what is needed to talk to one. */
export interface Controllers {
  /** Which kind new controllers of this installation are of (`ZT_PROVIDER`). */
  kind: ControllerKind;
  /** Of the hosted service, or of the installation's own controller; null when it has to be said. */
  defaultUrl: string | null;
  open: (tenantId: string, access: ControllerAccess) => Controller;
}
export const Controllers = definePort<Controllers>('exchange.controllers');
