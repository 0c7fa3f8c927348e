/** The permanent address of a record: what it offers to be pasted. */
import t from 'tap';
import { sharedService } from '../shared-service.ts';

async function citationOf(id: string): Promise<string> {
  const { get } = await sharedService();
  return String((await get(`/v1/facts/${id}`)).body['citeAs']);
}

t.test('says what is said of what, where it is printed, and which release says so', async (t) => {
  t.equal(
    await citationOf('observation:ninh-binh-2023-grdp-growth-target'),
    'Tổng sản phẩm trên địa bàn (GRDP), growth at least 7.5 percent, 2023 (target), Tỉnh Ninh Bình. Source: 001_3a4c7823d6ecd66c.txt, paragraph 16, characters 527–539. govdata, release 1 of 2026-11-22, /v1/facts/observation:ninh-binh-2023-grdp-growth-target.',
  );
});

t.test('of many sources it tells three, and that there are more', async (t) => {
  const [, sources = ''] =
    /Source: (.*)\. govdata/.exec(await citationOf('body:ninh-binh-party-committee')) ?? [];
  t.equal(sources.split('; ').length, 4);
  t.match(sources, /; …$/);
  t.equal(sources.match(/paragraph/g)?.length, 3);
});

t.test('a finding is told in words, and a legal act by its number', async (t) => {
  t.match(
    await citationOf('observation:yen-khanh-2023-advanced-new-rural-proposed'),
    /value proposed, 2023 \(actual\)/,
  );
  t.match(await citationOf('place_version:15@2025-07-01'), /Source: .*\d+\/2025/);
});
