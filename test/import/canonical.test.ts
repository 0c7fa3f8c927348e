/** One text for equal values, whichever way it is made. */
import fc from 'fast-check';
import t from 'tap';
import { canonical, canonicalOf } from '../../src/import/canonical.ts';

const records = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
const turned = (record: object): object => Object.fromEntries(Object.entries(record).reverse());

t.test('the order of members makes no difference, at any depth', async (t) => {
  t.equal(canonical({ b: [{ d: 1, c: 'x' }], a: null }), '{"a":null,"b":[{"c":"x","d":1}]}');
  fc.assert(fc.property(records, (record) => canonical(turned(record)) === canonical(record)));
  t.not(canonical([1, 2]), canonical([2, 1]), 'that of items does');
});

t.test('made for given members it is the same text', async (t) => {
  fc.assert(
    fc.property(records, (record) => canonicalOf(Object.keys(turned(record)))(record) === canonical(record)),
  );
  t.pass();
});
