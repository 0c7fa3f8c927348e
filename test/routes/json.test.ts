import t from 'tap';
import { jsonOf } from '../../src/routes/json.ts';
import { Fact } from '../../src/schema/fact.ts';
import { Observation } from '../../src/schema/observation.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { Place } from '../../src/schema/place.ts';
import { Release } from '../../src/schema/release.ts';
import { testService } from '../service.ts';

const names = { he: null, en: 'Lao Cai', ar: null, vi: 'Lào Cai' };

t.test('writes the members of records, short forms and lists in the order of the contract', async (t) => {
  const serialise = jsonOf(Place);
  const ref = { name: names, id: 'place_version:10', code: '10' };
  const place = { otherVersions: [ref], parent: ref, current: null, name: names, id: 'place_version:15' };
  t.equal(
    serialise(place),
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
  t.equal(jsonOf(Place), serialise, 'made once a shape');
});

t.test('leaves maps, lists of words and a label that is there as they are', async (t) => {
  const observation = { flags: ['derived'], dimensions: { b: '1', a: '2' }, value: 66 };
  t.equal(
    jsonOf(Observation)(observation),
    '{"value":66,"dimensions":{"b":"1","a":"2"},"flags":["derived"]}',
  );
  const label = { language: 'en', text: 'Lao Cai' };
  t.equal(
    jsonOf(Place)({ name: { label, ...names } }),
    '{"name":{"vi":"Lào Cai","en":"Lao Cai","ar":null,"he":null,"label":{"text":"Lao Cai","language":"en"}}}',
  );
  t.equal(jsonOf(Release)({ number: 1, id: 'release:1' }), '{"id":"release:1","number":1}');
  const history = [{ type: 'theme', state: { b: null, a: { c: [1.5] } } }];
  t.equal(jsonOf(Fact)({ history }), '{"history":[{"type":"theme","state":{"b":null,"a":{"c":[1.5]}}}]}');
});

t.test('writes each value as JSON.stringify does, null wherever it stands, and any text', async (t) => {
  const texts = ['"\\\u0007\n', 'Lào Cai', 'عربي', '\ud800', `${'x'.repeat(60)}"\ud83d`, '', null];
  const numbers = [0, -0, 1e21, 1.5e-7, -12345.678, 2 ** 53, null];
  for (const unit of texts) t.equal(jsonOf(Observation)({ unit }), JSON.stringify({ unit }));
  for (const value of numbers) t.equal(jsonOf(Observation)({ value }), JSON.stringify({ value }));
  for (const member of ['id', 'place', 'measure', 'flags', 'dimensions', 'value']) {
    t.equal(jsonOf(Observation)({ [member]: null }), `{"${member}":null}`);
  }
  const sinceRelease = 7;
  t.equal(jsonOf(Fact)({ sinceRelease }), '{"sinceRelease":7}');
});

t.test('leaves nothing out of what is published, and adds nothing', async (t) => {
  const { get } = await testService(t);
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'list')) {
    const { path, of, example = {}, args } = operationOf(name);
    if (/[{]/.test(path)) continue;
    const needed = Object.entries(example).filter(([key]) => args.required?.includes(key as never));
    const { status, body } = await get(
      `/v1${path}?${new URLSearchParams({ ...Object.fromEntries(needed), limit: '50' } as Record<string, string>)}`,
    );
    t.equal(status, 200, name);
    for (const item of body['items'] as object[]) t.equal(jsonOf(of)(item), JSON.stringify(item), name);
  }
});
