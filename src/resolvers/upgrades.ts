/**
 * Requests that ask for another protocol. Once somebody listens for them, Node hands over all: what asks for no
 * WebSocket here is read again as the plain request that it also is. Clients ask for HTTP/2 in this way by habit.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** `websockets` is told of those that ask for one at the path. */
export function takeUpgrades(server: Server, path: string, websockets: Server): void {
  const asksForOne = ({ method, url, headers }: IncomingMessage): boolean =>
    method === 'GET' && url?.split('?', 1)[0] === path && headers.upgrade?.toLowerCase() === 'websocket';
  server.on('upgrade', (request, socket, head) => {
    // An answer to an earlier request is still on its way: no client that waits for it asks for an upgrade.
    if ('_httpMessage' in socket && socket._httpMessage !== null) socket.destroy();
    else if (asksForOne(request)) websockets.emit('upgrade', request, socket, head);
    else readAgain(server, request, socket, head);
  });
}

function readAgain(
  server: Server,
  { method, url, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const kept = /^connection$/i.test(name) ? withoutUpgrade(value) : value;
    if (!/^(upgrade|http2-settings)$/i.test(name)) lines.push(`${name}: ${kept}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** `Upgrade, HTTP2-Settings, close` → `close` */
const withoutUpgrade = (connection: string): string =>
  connection
    .split(',')
    .map((option) => option.trim())
    .filter((option) => !/^(upgrade|http2-settings)$/i.test(option))
    .join(', ');
