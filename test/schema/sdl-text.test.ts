import t from 'tap';
import { member } from '../../src/schema/sdl-text.ts';

t.test('marks what is not to be used any more, and says what is instead', async (t) => {
  const field = { name: 'total', type: 'Int', description: 'How many.' };
  t.equal(member(field), '"How many."\ntotal: Int\n');
  const deprecated = { since: '2026-12-01', instead: 'Use "totalCount".' };
  t.equal(
    member({ ...field, deprecated }),
    '"How many."\ntotal: Int @deprecated(reason: "Deprecated since 2026-12-01. Use \\"totalCount\\".")\n',
  );
  t.match(
    member({ ...field, deprecated: { ...deprecated, sunset: '2027-12-01' } }),
    'Deprecated since 2026-12-01, gone on 2027-12-01. Use',
  );
});
