import t from 'tap';
import { inOrderOf } from '../../src/routes/order.ts';
import { Observation } from '../../src/schema/observation.ts';
import { Place } from '../../src/schema/place.ts';
import { Release } from '../../src/schema/release.ts';

const names = { he: null, en: 'Lao Cai', ar: null, vi: 'Lào Cai' };

t.test('puts the members of records, short forms and lists in the order of the contract', async (t) => {
  const arrange = inOrderOf(Place);
  const ref = { name: names, id: 'place_version:10', code: '10' };
  const place = { otherVersions: [ref], parent: ref, current: null, name: names, id: 'place_version:15' };
  t.equal(
    JSON.stringify(arrange(place)),
    JSON.stringify({
      id: 'place_version:15',
      name: { vi: 'Lào Cai', en: 'Lao Cai', ar: null, he: null },
      parent: {
        id: 'place_version:10',
        code: '10',
        name: { vi: 'Lào Cai', en: 'Lao Cai', ar: null, he: null },
      },
      current: null,
      otherVersions: [
        { id: 'place_version:10', code: '10', name: { vi: 'Lào Cai', en: 'Lao Cai', ar: null, he: null } },
      ],
    }),
  );
  t.equal(inOrderOf(Place), arrange, 'made once a shape');
});

t.test('leaves maps, lists of words and a label that is there as they are', async (t) => {
  const observation = { flags: ['derived'], dimensions: { b: '1', a: '2' }, value: 66 };
  t.equal(
    JSON.stringify(inOrderOf(Observation)(observation)),
    '{"value":66,"dimensions":{"b":"1","a":"2"},"flags":["derived"]}',
  );
  const label = { language: 'en', text: 'Lao Cai' };
  t.equal(
    JSON.stringify(inOrderOf(Place)({ name: { label, ...names } })),
    '{"name":{"vi":"Lào Cai","en":"Lao Cai","ar":null,"he":null,"label":{"text":"Lao Cai","language":"en"}}}',
  );
  t.equal(
    JSON.stringify(inOrderOf(Release)({ number: 1, id: 'release:1' })),
    '{"id":"release:1","number":1}',
  );
});
