/** Edges between tasks and the bodies that are to do or support them. */
import { sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { bodies } from './bodies.ts';
import { asked, many } from './edges.ts';
import { live } from './sql.ts';
import { tasks } from './tasks.ts';

const role = (name: (typeof t.taskRoles)[number]) => sql`${t.taskBodies.role} = ${name}`;
/** The bodies that a task names in a role, in printed order. */
export const bodiesInRole = (name: (typeof t.taskRoles)[number]) =>
  many(bodies, () => sql`${t.taskBodies.taskId} = ${asked} and ${role(name)}`, {
    join: (scope) =>
      sql`join ${t.taskBodies} on ${t.taskBodies.bodyId} = ${t.bodies.id} and ${live(t.taskBodies, scope)}`,
    order: sql`lpad(${t.taskBodies.ordinal}::text, 9, '0') || ${t.bodies.id}`,
  });
/** The tasks that name a body in a role. */
export const tasksOfRole = (name: (typeof t.taskRoles)[number]) =>
  many(tasks, () => sql`${t.taskBodies.bodyId} = ${asked} and ${role(name)}`, {
    join: (scope) =>
      sql`join ${t.taskBodies} on ${t.taskBodies.taskId} = ${t.tasks.id} and ${live(t.taskBodies, scope)}`,
  });
