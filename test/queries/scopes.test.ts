import { sql } from 'drizzle-orm';
import t from 'tap';
import { indicatorRef } from '../../src/queries/refs.ts';
import { rememberedScope, rememberScope } from '../../src/queries/scopes.ts';
import { isShared, Shared } from '../../src/queries/shared.ts';
import type { Row } from '../../src/queries/types.ts';
import { sharedDatabase, testNow } from '../service.ts';

t.test(
  'a row of another release is marked with all that it holds, but not what others hold too',
  async (t) => {
    const { reader } = await sharedDatabase();
    const scope = { release: 1, today: '2026-10-01' };
    const columns = { indicator: indicatorRef(sql`indicator_id`, scope) };
    const observation = (): Row => ({ id: 'observation:x', indicator: 'indicator:grdp' });
    const [one, other] = [observation(), observation()];
    await new Shared().fill({ database: reader, now: testNow }, columns, [one, other]);
    const kept = other['indicator'] as Row;
    t.ok(isShared(kept));
    t.equal(one['indicator'], kept);

    const before = { release: 0, today: '2026-09-30' };
    const page = rememberScope({ items: [one], notice: null }, before);
    const [item] = page.items as [Row];
    t.equal(item, one);
    t.equal(rememberedScope(item), before);
    const own = item['indicator'] as Row;
    t.equal(JSON.stringify(own), JSON.stringify(kept), 'it says the same');
    t.not(own, kept);
    t.equal(rememberedScope(own), before);
    t.equal(rememberedScope(own['name'] as Row), before);
    t.equal(rememberedScope(kept), undefined);
    t.equal(rememberedScope(kept['name'] as Row), undefined);
  },
);
