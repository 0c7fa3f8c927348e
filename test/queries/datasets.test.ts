import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { addPlaces } from '../places.ts';
import { testService } from '../service.ts';

const id = 'dataset:conversion-2025';
const sha256 = 'ab'.repeat(32);

/** An imported table that says what became of 70101, and where. */
async function withDataset(t: Test) {
  const service = await testService(t, 'fixture');
  const { pool, close } = connect(service.url, { role: 'writer' });
  t.teardown(close);
  await pool.query('insert into identities values ($1, 1), ($2, 1)', [id, 'citation:conversion-1']);
  await pool.query(
    `insert into datasets (id, since_release, title, publisher, licence, sha256, retrieved_on, note, folded)
    values ($1, 1, '{"vi": "Bảng chuyển đổi", "en": "Conversion table", "ar": null, "he": null}', 'The office', null, $2, '2026-09-20', null, 'bang chuyen doi')`,
    [id, sha256],
  );
  await addPlaces(
    t,
    service.url,
    [{ key: '70101', place: 'place:x-70101', parent: 'place:an-khe-701', to: '2025-07-01' }],
    [{ change: 'x', on: '2025-07-01', from: '70101', to: '70001@2025-07-01', coverage: 'part' }],
  );
  await pool.query(`update place_links set dataset_id = $1 where change_id = 'place_change:x'`, [id]);
  await pool.query(
    `insert into citations (id, since_release, fact_id, ordinal, kind, dataset_id, sheet, row_number, column_name, inferred)
    values ('citation:conversion-1', 1, 'place_version:70101', 1, 'cell', $1, 'Sheet1', 7, 'B', '{}')`,
    [id],
  );
  return service;
}

t.test('an imported table is listed, found by its text and by its id', async (t) => {
  const { get, graphql } = await withDataset(t);
  const dataset = {
    id,
    title: { vi: 'Bảng chuyển đổi', en: 'Conversion table', ar: null, he: null },
    publisher: 'The office',
    licence: null,
    sha256,
    retrievedOn: '2026-09-20',
    fileName: null,
    figures: null,
    spec: null,
    note: null,
  };
  t.strictSame((await get('/v1/datasets?q=chuyen+doi')).body['items'], [dataset]);
  t.match((await get('/v1/datasets?q=zzz')).body, { total: 0, notice: { code: 'nothing_fits' } });
  t.strictSame((await get(`/v1/datasets/${id}`)).body, dataset);
  t.equal((await get('/v1/datasets/dataset:none')).status, 404);
  const { data } = await graphql(
    `{ dataset(id: "${id}") { sha256 } node(id: "${id}") { __typename ... on Dataset { title { vi } } } }`,
  );
  t.match(data, { dataset: { sha256 }, node: { __typename: 'Dataset', title: { vi: 'Bảng chuyển đổi' } } });
});

t.test('a link and a citation name their table: by its id in REST, whole in GraphQL', async (t) => {
  const { get, graphql } = await withDataset(t);
  const { body } = await get('/v1/places/place_version:70101');
  t.match(body, { successors: [{ dataset: id }], citations: [{ kind: 'cell', dataset: id, row: 7 }] });
  const { data } = await graphql(`{
    place(id: "place_version:70101") {
      successors { coverage dataset { id publisher } }
      citations { nodes { dataset { title { en } } } }
    }
  }`);
  t.match(data, {
    place: {
      successors: [{ coverage: 'part', dataset: { id, publisher: 'The office' } }],
      citations: { nodes: [{ dataset: { title: { en: 'Conversion table' } } }] },
    },
  });
});
