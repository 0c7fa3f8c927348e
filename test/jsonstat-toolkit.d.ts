/** What the tests use of a reader that brings no types. */
declare module 'jsonstat-toolkit' {
  interface Dimension {
    id: string[];
    label: string;
    role: string;
    Category(id: string): { label: string; unit: { label: string; decimals: number } | null } | null;
  }
  interface Dataset {
    class: string;
    label: string;
    source: string;
    note: string[] | null;
    href: string | null;
    id: string[];
    size: number[];
    n: number;
    role: Record<string, string[]>;
    extension: Record<string, unknown>;
    Dimension(id: string): Dimension;
    Unflatten<T>(
      each: (
        at: Record<string, string>,
        cell: { value: number | null; status: string | null },
        index: number,
      ) => T,
    ): T[] | null;
  }
  interface Answer extends Dataset {
    length: number;
    Dataset(): Dataset[];
    Dataset(index: number): Dataset;
  }
  export default function JSONstat(body: unknown): Answer;
}
