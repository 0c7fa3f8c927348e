/** A whole list on its way out: as a file, or as the metadata of the CSV file. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { checkMatch, type TaggedHeaders } from '../cache/conditional.ts';
import type { WholeList } from '../queries/answer.ts';
import { formatOf } from '../schema/formats.ts';
import { type OperationName, operationOf } from '../schema/operations.ts';
import type { ReadArguments } from './arguments.ts';
import { csvMetadataOf } from './formats/csvw.ts';
import { contentTypeOf, type Served, writerOf } from './formats/index.ts';
import { queryText } from './link.ts';

/** What cannot be answered fails before anything is sent. */
export async function sendFile(
  name: OperationName,
  format: Exclude<Served, 'json'>,
  { scope, read }: WholeList,
  { args, query }: ReadArguments,
  reply: FastifyReply,
  headers: TaggedHeaders,
): Promise<FastifyReply> {
  const operation = operationOf(name);
  const labels = args['lang'] !== undefined;
  const pieces = await read();
  checkMatch(reply.request.headers, headers.etag);
  if (format === 'csvw') {
    const metadata = csvMetadataOf({ operation, args, scope, labels }, queryText(query));
    reply.headers(headers);
    return reply.type(contentTypeOf(format)).send(JSON.stringify(metadata));
  }
  const file = await writerOf(format)({ name, operation, args, scope, labels, pieces });
  const fileName = operation.path
    .slice(1)
    .replaceAll(/\{\w+\}\//g, '')
    .replaceAll('/', '-');
  reply
    .headers(headers)
    // Who was cut off goes on after a cursor.
    .header('accept-ranges', 'none')
    .header('content-disposition', `attachment; filename="${fileName}.${formatOf(format).suffix}"`)
    .type(contentTypeOf(format));
  // Who asks for the head alone has its status by now; the rest of the file is not read.
  if (reply.request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(file);
}
