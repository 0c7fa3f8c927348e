import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { faultLine } from '../../src/errors.ts';
import { verify } from '../../src/import/verify.ts';
import { testDatabase } from '../helper.ts';
import { writableDatabase } from '../service.ts';
import { countryDocuments } from './country.ts';

/** For tests that only read. */
const { database } = await writableDatabase(t, 'fixture');
const seededDatabase = async (t: Test): Promise<Database> => (await writableDatabase(t, 'fixture')).database;

async function copyOfDocuments(t: Test): Promise<string> {
  const folder = t.testdir();
  await cp(countryDocuments, folder, { recursive: true });
  return folder;
}

/** Updates states behind the loader's back, as no command can. */
function tamper({ pool }: Database, text: string): Promise<unknown> {
  return pool.query(text);
}

const slice = (text: string) => `encode(sha256(convert_to('${text}', 'UTF8')), 'hex')`;

t.test('proves every text citation of the country', async (t) => {
  t.strictSame(await verify(database, countryDocuments), {
    documents: [
      { id: 'document:901', fileName: '901_he.txt', proven: 28, failed: 0 },
      { id: 'document:902', fileName: '902_ar.txt', proven: 14, failed: 0 },
    ],
    proven: 42,
    faults: [],
  });
});

t.test('fails on a missing document, all of whose citations are unproven', async (t) => {
  const folder = await copyOfDocuments(t);
  await rm(join(folder, '902_ar.txt'));
  const { documents, proven, faults } = await verify(database, folder);
  t.strictSame(faults.map(faultLine), ['902_ar.txt  missing_document  document:902 is not in the folder']);
  t.match(documents, [{ proven: 28 }, { proven: 0, failed: 14 }]);
  t.equal(proven, 28);
});

t.test('fails on an altered document, and on each citation whose words have moved', async (t) => {
  const folder = await copyOfDocuments(t);
  const path = join(folder, '902_ar.txt');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('13.5%', '13,5%'));
  const { faults, proven } = await verify(database, folder);
  t.match(faults.map(faultLine), [
    /^902_ar.txt {2}document_checksum {2}the file has the checksum [0-9a-f]{64}, but [0-9a-f]{64} is recorded$/,
    /^902_ar.txt {2}citation_checksum {2}observation:income-growth-902 cites paragraph 2, 18 to 23, where other words stand: their checksum is [0-9a-f]{64}$/,
    '902_ar.txt  citation_printed  observation:income-growth-902 cites paragraph 2, 18 to 23 as "13.5%", which is not there',
  ]);
  t.equal(proven, 41);
});

t.test(
  'neither trims nor normalises: a space before a paragraph or a composed letter is a change',
  async (t) => {
    const folder = await copyOfDocuments(t);
    const path = join(folder, '902_ar.txt');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('قررت', ' قررت'));
    const { documents } = await verify(database, folder);
    t.match(documents[1], { proven: 10, failed: 4 });
  },
);

t.test(
  'fails on a document with fewer paragraphs, shorter paragraphs or bytes that are not text',
  async (t) => {
    const folder = await copyOfDocuments(t);
    await writeFile(join(folder, '902_ar.txt'), Buffer.from('\n\n\xff\n', 'latin1'));
    const { faults } = await verify(database, folder);
    const lines = faults.map(faultLine);
    t.match(lines.slice(0, 3), [
      '902_ar.txt  invalid_utf8  the file is not valid UTF-8',
      /document_checksum/,
      '902_ar.txt  paragraph_count  the file has 1 paragraphs, but 3 are recorded',
    ]);
    t.ok(
      lines.includes(
        '902_ar.txt  citation_past_end  instrument:18-nq-tu cites paragraph 1, 46 to 54, but it has 1 characters',
      ),
    );
    t.ok(
      lines.includes(
        '902_ar.txt  citation_past_end  observation:poverty-women cites paragraph 3, 16 to 21, but there are 1 paragraphs',
      ),
    );
    t.equal(faults.length, 3 + 14);
  },
);

t.test('fails on an altered offset, an altered checksum and an altered printed form', async (t) => {
  const database = await seededDatabase(t);
  await tamper(
    database,
    "update citations set end_offset = end_offset - 1 where fact_id = 'observation:rank-2023'",
  );
  await tamper(database, `update citations set sha256 = ${slice('x')} where fact_id = 'observation:schools'`);
  await tamper(database, "update citations set printed = '5' where fact_id = 'observation:rank-change-2023'");
  const { faults, documents } = await verify(database, countryDocuments);
  t.strictSame(
    faults.map(({ code, message }) => `${code} ${message.split(' ')[0]}`),
    [
      'citation_checksum observation:schools',
      'citation_checksum observation:rank-2023',
      'citation_printed observation:rank-2023',
      'citation_printed observation:rank-change-2023',
    ],
  );
  t.match(documents[0], { proven: 25, failed: 3 });
});

t.test('fails on siblings that cite the same characters', async (t) => {
  const database = await seededDatabase(t);
  await tamper(
    database,
    `update citations c set start_offset = s.start_offset, end_offset = s.end_offset, sha256 = s.sha256
     from citations s where c.fact_id = 'task:tourism' and s.fact_id = 'task:schools'`,
  );
  const { faults, proven } = await verify(database, countryDocuments);
  t.equal(proven, 42);
  t.strictSame(faults.map(faultLine), [
    '901_he.txt  overlapping_citations  task:tourism and its sibling task:schools cite the same characters of paragraph 3',
  ]);
});

t.test('does not run on a database that is not migrated', async (t) => {
  const database = connect((await testDatabase(t)).url, { role: 'reader' });
  t.teardown(() => database.close());
  await t.rejects(verify(database, countryDocuments), { message: /Run `govdata migrate` first/ });
});
