/** What the tests use of a reader that brings no types. */
declare module 'parse-prometheus-text-format' {
  interface Metric {
    name: string;
    metrics: { labels?: Record<string, string>; value: string }[];
  }
  export default function parse(text: string): Metric[];
}
