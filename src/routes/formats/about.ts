/** What a file says of itself, wherever its format has a place for it. */
import { clocks } from '../../schema/argument.ts';
import { contractVersion } from '../../schema/common.ts';
import { type Format, formatOf } from '../../schema/formats.ts';
import { programVersion } from '../../version.ts';
import type { ListFile } from './file.ts';

type Told = Pick<ListFile, 'operation' | 'args' | 'scope'>;

export const licence = { name: 'Apache-2.0', address: 'https://www.apache.org/licenses/LICENSE-2.0' };

/**
 * By name. How the release was asked for is not told: the same file has the same tag, and so the same bytes, whether it
 * was the current one or had again later.
 */
export const aboutOf = ({ operation, args, scope }: Told, format: Format): Record<string, string> => ({
  title: operation.summary,
  order: `${operation.order}`,
  address: addressOf({ operation, args }, format),
  release: String(scope.release),
  day: scope.today,
  contract: contractVersion,
  program: `govdata ${programVersion}`,
  licence: licence.name,
});

/** The address on the service, its arguments in one order. */
function addressOf({ operation: { path }, args }: Omit<Told, 'scope'>, format: Format): string {
  const inPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${args[name]}`);
  const others = Object.entries(args)
    .filter(([name]) => !path.includes(`{${name}}`) && !Object.hasOwn(clocks, name) && name !== 'after')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [name, String(value)] as [string, string]);
  const query = others.length === 0 ? '' : `?${new URLSearchParams(others)}`;
  return `/v1${inPath}.${formatOf(format).suffix}${query}`;
}
