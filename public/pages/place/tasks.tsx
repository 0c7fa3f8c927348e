/** What a place set out to do: a tree of tasks, which can be narrowed to those of one body. */
import { useState } from 'preact/hooks';
import { addressWith, useRoute } from '../../lib/route';
import { useWordsOf } from '../../lib/words';
import { Name } from '../../parts/name';
import { placeWords } from '../../words/place';
import { type Overview, taskYears } from './overview';
import { PartNote } from './part-note';
import { Origin, TaskList } from './task-item';
import { doersOf, isDoneBy, type Task, toldOf, treeOf } from './task-tree';
import { OtherYears } from './years';

export function TaskSection({ of: { tasks }, year }: { of: Overview; year: number }) {
  const words = useWordsOf(placeWords);
  if (tasks.total === 0) return null;
  const ofYear = tasks.items.filter((task) => taskYears(task).includes(year));
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">{words.tasks(year)}</h2>
      <PartNote of={tasks} />
      {ofYear.length === 0 ? (
        <OtherYears years={tasks.items.flatMap(taskYears)} year={year} />
      ) : (
        <TasksOfYear of={ofYear} year={year} />
      )}
    </section>
  );
}

/** Few enough to read at a glance. */
const few = 12;

function TasksOfYear({ of, year }: { of: readonly Task[]; year: number }) {
  const words = useWordsOf(placeWords);
  const body = useRoute().query.get('responsible');
  const fitting = body === null ? of : of.filter((task) => isDoneBy(task, body));
  const [isOpen, setOpen] = useState<boolean>();
  const opens = isOpen ?? (body !== null || of.length <= few);
  const tree = treeOf(of, (task) => body === null || isDoneBy(task, body));
  const told = toldOf(tree);
  return (
    <>
      <DoerChoice of={of} body={body} />
      <div class="task-bar">
        <p class="quiet" role="status">
          {body === null ? words.taskCount(of.length) : words.namedIn(fitting.length, of.length)}
        </p>
        {tree.some(({ children }) => children.length > 0) ? (
          <button type="button" onClick={() => setOpen(!opens)}>
            {opens ? words.closeAll : words.openAll}
          </button>
        ) : null}
      </div>
      <div class="task-about">
        <Origin of={told} told={{}} />
      </div>
      <TaskList key={`${body} ${opens}`} of={tree} year={year} isOpen={opens} told={told} isRoot />
    </>
  );
}

function DoerChoice({ of, body }: { of: readonly Task[]; body: string | null }) {
  const words = useWordsOf(placeWords);
  return (
    <nav class="doers" aria-labelledby="doers">
      <h3 id="doers">{words.whoIsToDo}</h3>
      <ul>
        <li>
          <a href={addressWith({ responsible: undefined })} aria-current={body === null ? 'true' : undefined}>
            {words.everyone}
          </a>{' '}
          <span class="quiet">({of.length})</span>
        </li>
        {doersOf(of).map(({ id, name, count }) => (
          <li key={id}>
            <a href={addressWith({ responsible: id })} aria-current={body === id ? 'true' : undefined}>
              {name === undefined ? words.nobodyNamed : <Name of={name} />}
            </a>{' '}
            <span class="quiet">({count})</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
