/** Services that tests only ask, one for all of a process: to build one takes longer than to answer most questions. */
import root from 'tap';
import { type SeedsName, type TestService, testService } from './service.ts';

const shared = new Map<string, Promise<TestService>>();

/** Whoever writes, counts statements, or turns the clock builds one of its own. */
export function sharedService(
  seeds: SeedsName = 'real',
  settings: Record<string, string> = {},
): Promise<TestService> {
  const which = JSON.stringify([seeds, settings]);
  const service = shared.get(which) ?? testService(root, seeds, { settings });
  shared.set(which, service);
  return service;
}
