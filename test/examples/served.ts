/** The services that the programs ask: each is made once for all tests of a process, which change nothing of it. */
import root from 'tap';
import { fixtureService } from '../second-release.ts';
import type { TestService } from '../service.ts';
import { sharedService } from '../shared-service.ts';

export interface Served<Service extends TestService = TestService> {
  service: Service;
  address: string;
}

export const listening = ({ app }: TestService): Promise<string> =>
  app.listen({ host: '127.0.0.1', port: 0 });

function once<Service extends TestService>(make: () => Promise<Service>): () => Promise<Served<Service>> {
  const serve = async () => {
    const service = await make();
    return { service, address: await listening(service) };
  };
  let served: Promise<Served<Service>> | undefined;
  return () => {
    served ??= serve();
    return served;
  };
}

/** On the published facts. */
export const publishedFacts = once(() => sharedService());

/** On the invented country at its first release, and at its second. */
export const firstRelease = once(() => fixtureService(root, 1));
export const secondRelease = once(() => fixtureService(root, 2));
