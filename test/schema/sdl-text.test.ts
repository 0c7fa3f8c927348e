import t from 'tap';
import { member } from '../../src/schema/sdl-text.ts';

t.test('marks what is not to be used any more, and says what is instead', async (t) => {
  const field = { name: 'total', type: 'Int', description: 'How many.' };
  t.equal(member(field), '"How many."\ntotal: Int\n');
  t.equal(
    member({ ...field, deprecated: 'Use "totalCount".' }),
    '"How many."\ntotal: Int @deprecated(reason: "Use \\"totalCount\\".")\n',
  );
});
