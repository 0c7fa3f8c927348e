/** What the clients of REST ask for, as the list of the service has it. */
import type { Test } from 'tap';
import type { TestService } from '../service.ts';

const question = '/v1/observations?place=province:37&measure=growth,rank';

/** As the list has it. */
export interface Figure {
  id: string;
  indicator: { code: string };
  comparator: string;
  value: number | null;
  unit: string;
  citations: {
    document: { fileName: string } | null;
    paragraph: number;
    start: number;
    end: number;
    printed: string;
  }[];
}

/** More than a page of those that the programs ask for, and fewer than two. */
export async function figuresOf(t: Test, { get }: TestService): Promise<Figure[]> {
  const { body } = await get(`${question}&limit=500`);
  const items = body['items'] as Figure[];
  t.ok(items.length > 10 && items.length <= 20);
  return items;
}
