/**
 * Questions that the documents answer and a hasty reader gets wrong, each asked of both mouths: a share bound to
 * the wrong noun, a base year, a subset, a bound, a deadline, who is to do what and who watches over it.
 */
import t from 'tap';
import type { OperationName } from '../../src/schema/operations.ts';
import { type Arguments, asRest, bothSay } from '../both-mouths.ts';
import { sharedService } from '../shared-service.ts';

interface Question {
  asks: string;
  of: OperationName;
  with: Arguments;
  /** What each item of the answer says, in the order of the answer; of an item, the item. */
  says: object[] | object;
}

const ninhBinh = { place: 'province:37' };
const nineMonths = { ...ninhBinh, from: '2023-09-30', to: '2023-09-30' };

const questions: Question[] = [
  {
    asks: 'What reached 98.3 % of its plan in nine months of 2023: the revenue of tourism, and not the tourists',
    of: 'observations',
    with: { ...nineMonths, topic: 'tourism', measure: 'plan_share' },
    says: [{ indicator: { code: 'tourism_revenue' }, value: 98.3, basis: { kind: 'plan' } }],
  },
  {
    asks: 'What was 2.3 times: the revenue of tourism, against the same months of the year before, about',
    of: 'observations',
    with: { ...nineMonths, topic: 'tourism', measure: 'level_ratio' },
    says: [
      {
        indicator: { code: 'tourism_revenue' },
        comparator: 'approx',
        value: 2.3,
        unit: 'times',
        basis: { kind: 'earlier_period', start: '2022-01-01', end: '2022-09-30' },
      },
    ],
  },
  {
    asks: 'Did budget revenue grow by 66.3 %? No, it was 66.3 % of the level of the same months of 2022',
    of: 'observations',
    with: { ...nineMonths, indicator: 'state_budget_revenue', measure: 'level_ratio,growth' },
    says: [{ measure: 'level_ratio', value: 66.3, basis: { kind: 'earlier_period', end: '2022-09-30' } }],
  },
  {
    asks: 'Of what is budget revenue 46.9 %: of the budget estimate, not of the same period',
    of: 'observations',
    with: { ...nineMonths, indicator: 'state_budget_revenue', measure: 'plan_share' },
    says: [{ value: 46.9, basis: { kind: 'budget_estimate' } }],
  },
  {
    asks: 'Whose plan was 60 % of public investment measured against: the Prime Minister’s',
    of: 'observations',
    with: { ...nineMonths, indicator: 'public_investment_disbursed', measure: 'plan_share' },
    says: [{ value: 60, basis: { kind: 'plan', issuer: { id: 'body:prime-minister' } } }],
  },
  {
    asks: 'By which day were nearly 2,200 members admitted to the Party: 22 September 2023',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'new_party_members', measure: 'value' },
    says: [{ comparator: 'approx', value: 2200, period: { end: '2023-09-22', cumulative: true } }],
  },
  {
    asks: 'What did 84.7 % follow in the first half of 2023: the visitors, as a share of the number aimed at',
    of: 'observations',
    with: { ...ninhBinh, to: '2023-06-30', topic: 'tourism', measure: 'plan_share' },
    says: [{ indicator: { code: 'tourist_arrivals' }, value: 84.7, period: { cumulative: true } }],
  },
  {
    asks: 'Against which year did the PCI of 2022 gain 14 places: two documents disagree, and both are kept',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'provincial_competitiveness_index', measure: 'rank_change' },
    says: [
      { value: 14, basis: { start: '2021-01-01' }, contradictions: { length: 1 } },
      { value: 14, basis: { start: '2022-01-01' }, readings: [{ field: 'basis', probable: '2021' }] },
    ],
  },
  {
    asks: 'What was the rank in the PAPI of 2022: only a bound is printed, and no number of provinces',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'provincial_governance_index', measure: 'rank' },
    says: [{ comparator: 'le', value: 20, outOf: null }],
  },
  {
    asks: 'How many places did the index of administrative reform gain: three, a number written as a word',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'administrative_reform_index', measure: 'rank,rank_change' },
    says: [
      { measure: 'rank', value: 17, outOf: 63 },
      { measure: 'rank_change', value: 3, basis: { start: '2021-01-01' } },
    ],
  },
  {
    asks: 'How many of the 15 targets of 2023 were exceeded: 10, which are among the 12 that were completed',
    of: 'observation',
    with: { id: 'observation:ninh-binh-2023-targets-exceeded' },
    says: { value: 10, subsetOf: 'observation:ninh-binh-2023-targets-completed' },
  },
  {
    asks: 'What growth was aimed at in 2023, and what was expected: at least 7.5, and 7.27 %',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'grdp', measure: 'growth' },
    says: [
      { scenario: 'estimate', comparator: 'eq', value: 7.27 },
      { scenario: 'target', comparator: 'ge', value: 7.5 },
    ],
  },
  {
    asks: 'How many model communes had Yên Khánh at the end of October 2023: two, of its twelve advanced ones',
    of: 'observations',
    with: { place: 'district:375', indicator: 'model_new_rural_communes' },
    says: [
      {
        value: 2,
        period: { label: '2023-10-31' },
        subsetOf: 'observation:yen-khanh-2023-10-advanced-new-rural-communes',
      },
    ],
  },
  {
    asks: 'Was Yên Khánh recognised as an advanced new-rural district in 2023: aimed at and proposed, no more',
    of: 'observations',
    with: { place: 'district:375', indicator: 'advanced_new_rural_district' },
    says: [
      { scenario: 'target', value: null, valueCode: 'goal' },
      { scenario: 'actual', value: null, valueCode: 'proposed' },
    ],
  },
  {
    asks: 'Whose cadres and members registered commitments to the theme: those of Yên Khánh, more than 96.5 %',
    of: 'observations',
    with: { indicator: 'theme_commitments_registered' },
    says: [{ place: { code: '375' }, comparator: 'gt', value: 96.5 }],
  },
  {
    asks: 'How many complaints and denunciations were settled in 2023: 34 of 37, and 21 of 23',
    of: 'observations',
    with: { ...ninhBinh, indicator: 'complaints_resolved,denunciations_resolved' },
    says: [
      { numerator: 34, denominator: 37, value: null },
      { numerator: 21, denominator: 23, value: null },
    ],
  },
  {
    asks: 'Who set the theme of Ninh Bình for 2023: the Executive Committee, though it is called the Party Committee’s',
    of: 'theme',
    with: { id: 'theme:ninh-binh-2023' },
    says: {
      body: { id: 'body:ninh-binh-party-executive-committee' },
      elements: { length: 5 },
      citations: [{ document: { id: 'document:000' }, paragraph: 1 }],
    },
  },
  {
    asks: 'Does the other report on Ninh Bình have a theme of its own: no, it prints the same one',
    of: 'themes',
    with: { document: 'document:001' },
    says: [{ id: 'theme:ninh-binh-2023' }],
  },
  {
    asks: 'Who watches over the conclusions in Nghệ An, and who is told: mass mobilisation, the Standing Committee',
    of: 'tasks',
    with: { supporting: 'body:nghe-an-party-standing-committee' },
    says: [{ responsible: [{ id: 'body:nghe-an-party-mass-mobilisation-department' }] }],
  },
  {
    asks: 'Is the planning of Nghệ An for 2021–2030 approved: it is only submitted',
    of: 'observations',
    with: { place: 'province:40', indicator: 'provincial_planning_status' },
    says: [{ value: null, valueCode: 'submitted' }],
  },
  {
    asks: 'How long does Resolution 39-NQ/TW run: to 2030, from the day of its issue, 18 July 2023',
    of: 'instrument',
    with: { id: 'instrument:nghe-an-39-nq-tw' },
    says: { number: '39-NQ/TW', issuedOn: '2023-07-18', period: { end: '2030-12-31' } },
  },
  {
    asks: 'When was the dialogue of Nghệ An: on 3 and 4 August of a year that is not printed',
    of: 'event',
    with: { id: 'event:nghe-an-2023-dialogue' },
    says: { period: { start: '2023-08-03', end: '2023-08-04' }, flags: ['place_inferred', 'year_inferred'] },
  },
  {
    asks: 'How many key tasks has Nghệ An announced, and how many are listed: six and six',
    of: 'tasks',
    with: { parent: 'task:nghe-an-2023-six-key-tasks' },
    // In the order of the ids.
    says: [4, 6, 1, 5, 2, 3].map((ordinal) => ({ ordinal, kind: 'key_task' })),
  },
  {
    asks: 'Where did the emulation bloc meet on 22 September: in Cúc Phương, though its figures are the province’s',
    of: 'event',
    with: { id: 'event:ninh-binh-2023-6m-emulation-conference' },
    says: { place: { code: '14404' }, period: { label: '2023-09-22' } },
  },
  {
    asks: 'What is due before June 2024: the relocation for the airport, in one commune',
    of: 'task',
    with: { id: 'task:bao-yen-2024-airport-relocation' },
    says: {
      deadline: { date: '2024-06-01', comparator: 'lt' },
      localities: [{ code: '02974' }],
    },
  },
  {
    asks: 'To whom does 85 % apply: to organisations at the grassroots; those of the district are to reach 100 %',
    of: 'observations',
    with: { place: 'district:087', indicator: 'organisations_completing_tasks_successfully' },
    says: [
      { value: 100, dimensions: { tier: 'district' } },
      { value: 85, dimensions: { tier: 'grassroots' } },
    ],
  },
  {
    asks: 'Which task of Ninh Bình repeats another under a programme instead of a project: restructuring agriculture',
    of: 'task',
    with: { id: 'task:ninh-binh-2023-emulation-agriculture-programme' },
    says: { repeats: { id: 'task:ninh-binh-2023-emulation-agriculture-project' } },
  },
];

t.ok(questions.length >= 20);
for (const question of questions) {
  t.test(question.asks, async (t) => {
    const service = await sharedService();
    const { rest, graphql, error } = await bothSay(service, question.of, question.with);
    t.equal(rest.status, 200);
    t.equal(error, undefined);
    t.strictSame(asRest(question.of, graphql), rest.body, 'both mouths give one answer');
    const { says } = question;
    if (!Array.isArray(says)) return void t.match(rest.body, says);
    const items = rest.body['items'] as unknown[];
    t.equal(items.length, says.length, 'there is no other answer');
    for (const [index, one] of says.entries()) t.match(items[index], one);
  });
}
