/** docs/data.md says in words what the seed files say in fields. */
import t from 'tap';
import { figureOf, periodOf, Wording } from '../scripts/data-page/wording.ts';
import { readSeeds } from '../src/import/read.ts';
import { seedsFolder } from '../src/import/seed.ts';
import { plantTree } from '../src/import/tree/plant.ts';

const sayings: Record<string, string> = {
  'bao-yen-2024-average-income': 'more than 66 million VND per year',
  'bao-yen-2024-new-rural-communes': '16 of 16 communes',
  'bao-yen-2025-online-cases': 'to rise or improve',
  'ninh-binh-2022-papi-rank': 'among the first 20',
  'ninh-binh-2022-pci-rank': 'rank 44 of 63',
  'ninh-binh-2022-pci-rank-change-since-2021': 'up 14 places against 2021',
  'ninh-binh-2023-9m-industrial-production': 'grew against Jan–Sep 2022',
  'ninh-binh-2023-9m-living-standards': 'rose or improved',
  'ninh-binh-2023-9m-state-budget-revenue-estimate-share': '46.9 % of the budget estimate for 2023',
  'ninh-binh-2023-9m-state-budget-revenue-level': '66.3 % of the level of Jan–Sep 2022',
  'ninh-binh-2023-9m-tourism-revenue-level': 'about 2.3 times the level of Jan–Sep 2022',
  'ninh-binh-2023-grdp-growth': '+7.27 % against 2022',
  'yen-khanh-2023-advanced-new-rural-proposed': 'proposed',
};

t.test('figures and findings keep what qualifies them', async (t) => {
  const { seeds } = await plantTree(await readSeeds(seedsFolder));
  const wording = new Wording(seeds);
  for (const [id, saying] of Object.entries(sayings)) {
    const observation = seeds.observations.find((one) => one.id === `observation:${id}`);
    if (!observation) {
      t.fail(`there is no observation:${id}`);
      continue;
    }
    t.equal(`${figureOf(observation)}${wording.basis(observation)}`, saying, id);
  }
  t.equal(
    wording.note('See place:yen-khanh-375, and place:no-such.'),
    'See “Yên Khánh district”, and place:no-such.',
  );
});

t.test('periods are whole months, whole years, or days', async (t) => {
  t.equal(periodOf('2023'), '2023');
  t.equal(periodOf('2024-01'), 'Jan 2024');
  t.equal(periodOf('2023-10-31'), '31 Oct 2023');
  t.equal(periodOf('2023-01-01/2023-09-30'), 'Jan–Sep 2023');
  t.equal(periodOf('2020-01-01/2025-12-31'), '2020–2025');
  t.equal(periodOf('2023-01-01/2023-12-31'), '2023');
  t.equal(periodOf('2023-11-01/2024-02-29'), 'Nov 2023–Feb 2024');
  t.equal(periodOf('2023-08-03/2023-08-04'), '3 Aug 2023 to 4 Aug 2023');
});
