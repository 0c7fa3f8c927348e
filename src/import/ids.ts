/** Ids of records, `type:key`. */

export const typeOf = (id: string): string => id.slice(0, id.indexOf(':'));
export const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1);
