/** Which client a request is of: the address of its connection, or what a named proxy says of it. */
import type { IncomingMessage } from 'node:http';
import proxyAddr, { compile } from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';

/** Whether the address is that of a proxy that is believed. */
export type Trusts = (address: string, hop: number) => boolean;

/** `proxies`: addresses and ranges, as in `10.0.0.0/8`; none: no header is believed, whoever sends it. */
export const trustsOf = (proxies: readonly string[]): Trusts => compile([...proxies]);

/** What a proxy may say that is no address, in characters. */
const longest = 64;

/**
 * One text for one client: of IPv6 the network of 64 bits, since a household has at least so many addresses, and an
 * IPv4 address in IPv6 as it is.
 */
export function clientOf(request: IncomingMessage, trusts: Trusts): string {
  // A connection that is gone has none.
  const text = `${proxyAddr(request, trusts)}`;
  if (!ipaddr.isValid(text)) return text.slice(0, longest);
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv4') return address.toString();
  const network = address.toByteArray().slice(0, 8);
  return `${ipaddr.fromByteArray([...network, ...new Array<number>(8).fill(0)])}/64`;
}
