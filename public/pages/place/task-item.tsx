/** A task with its deadline, who is to do it and where, and the tasks that it consists of. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../../lib/api';
import { day, periodText } from '../../lib/format';
import { addressWith, useRoute } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { placeWords } from '../../words/place';
import { PlaceLink } from './place-link';
import type { Task, TaskNode, Told } from './task-tree';

interface Props {
  of: readonly TaskNode[];
  year: number;
  isOpen: boolean;
  /** What is said above of all of them, which is not said again of each. */
  told: Told;
  isRoot?: boolean;
}

export function TaskList({ of, year, isOpen, told, isRoot = false }: Props) {
  return (
    <ul class={isRoot ? 'tasks tasks-root' : 'tasks'}>
      {of.map((node) => (
        <TaskItem key={node.task.id} of={node} year={year} isOpen={isOpen} told={told} isRoot={isRoot} />
      ))}
    </ul>
  );
}

interface ItemProps {
  of: TaskNode;
  year: number;
  isOpen: boolean;
  told: Told;
  isRoot: boolean;
}

function TaskItem({ of: { task, children, isContext }, year, isOpen, told, isRoot }: ItemProps) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  return (
    <li class={isContext ? 'context' : undefined}>
      <p class="task-name">
        {task.ordinal === null || isRoot ? null : <span class="ordinal">{task.ordinal}. </span>}
        <Door to={task.id}>
          <Name of={task.name} />
        </Door>
        {task.kind === 'task' ? null : <span class="tag">{all.taskKinds[task.kind]}</span>}
        {task.contradictions.length === 0 ? null : (
          <span class="tag doubt">{all.flagTexts.in_contradiction}</span>
        )}
        {isContext ? <span class="tag">{words.partOfTheWay}</span> : null}
      </p>
      <About of={task} year={year} told={told} />
      {children.length === 0 ? null : (
        <details open={isOpen}>
          <summary>
            {words.parts(children.length)}
            {task.announcedCount === null || task.announcedCount === children.length
              ? null
              : `, ${words.announced(task.announcedCount)}`}
          </summary>
          <TaskList of={children} year={year} isOpen={isOpen} told={task} />
        </details>
      )}
    </li>
  );
}

/** What is said of a task, and not already of the one that it is a part of. */
function About({ of, year, told }: { of: Task; year: number; told: Told }) {
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const { deadline, period } = of;
  const isUsual = period === null || period.label === `${year}` || period.label === told.period?.label;
  return (
    <div class="task-about">
      {deadline === null ? null : (
        <Said what={words.deadline}>
          <strong>{words.deadlines[deadline.comparator](day(deadline.date, language))}</strong>
        </Said>
      )}
      {isUsual ? null : <Said what={words.period}>{periodText(period, language)}</Said>}
      <Doers of={of} />
      {of.localities.length === 0 ? null : (
        <Said what={words.localities}>
          <Listed of={of.localities}>{(place) => <PlaceLink of={place} />}</Listed>
        </Said>
      )}
      <Origin of={of} told={told} />
    </div>
  );
}

/** The body that is chosen is named above. */
function Doers({ of: { responsible, supporting } }: { of: Task }) {
  const words = useWordsOf(placeWords);
  const chosen = useRoute().query.get('responsible');
  const others = responsible.filter(({ id }) => id !== chosen);
  const isWithChosen = others.length < responsible.length;
  return (
    <>
      {others.length === 0 ? null : (
        <Said what={isWithChosen ? words.alsoResponsible : words.responsible}>
          <Listed of={others}>
            {({ id, name }) => (
              <a href={addressWith({ responsible: id })}>
                <Name of={name} />
              </a>
            )}
          </Listed>
        </Said>
      )}
      {supporting.length === 0 ? null : (
        <Said what={words.supporting}>
          <Listed of={supporting}>{doorOf}</Listed>
        </Said>
      )}
    </>
  );
}

/** By whom, when and in what it was asked. */
export function Origin({ of, told }: { of: Told; told: Told }) {
  const words = useWordsOf(placeWords);
  const sources: [what: string, ref: Named | null | undefined, before: Named | null | undefined][] = [
    [words.askedBy, of.body, told.body],
    [words.occasion, of.event, told.event],
    [words.instrument, of.instrument, told.instrument],
    [words.repeats, of.repeats, told.repeats],
  ];
  return (
    <>
      {sources.map(([what, ref, before]) =>
        !ref || ref.id === before?.id ? null : (
          <Said key={what} what={what}>
            {doorOf(ref)}
          </Said>
        ),
      )}
    </>
  );
}

type Named = Pick<Schemas['BodyRef'], 'id' | 'name'>;

const doorOf = ({ id, name }: Named) => (
  <Door to={id}>
    <Name of={name} />
  </Door>
);

function Said({ what, children }: { what: string; children: ComponentChildren }) {
  return (
    <span>
      <span class="quiet">{what}:</span> {children}
    </span>
  );
}

interface ListedProps<T> {
  of: readonly T[];
  children: (item: T) => ComponentChildren;
}

function Listed<T extends { id: string }>({ of, children }: ListedProps<T>) {
  return (
    <>
      {of.map((item, index) => (
        <span key={item.id}>
          {index > 0 ? '; ' : null}
          {children(item)}
        </span>
      ))}
    </>
  );
}
