/**
 * A lineage, drawn downwards in time: the versions of a place on a trunk, the changes as diamonds on it, and beside it the
 * other places that went in or came out. Its text is set in lines, so that it is read at any width.
 */

export interface LineageLine {
  key: string;
  /** A version stands on the trunk; `in` and `out` are other places of the change beside them. */
  type: 'version' | 'change' | 'in' | 'out';
  text: string;
  /** A second, quieter line. */
  about?: string;
  /** Of what share is known less than all, the line is broken. */
  share?: 'whole' | 'part' | 'primary' | 'unknown';
  href?: string;
  isHere?: boolean;
}

const heights = { version: 48, change: 48, in: 40, out: 40 } as const;
const [trunk, side, branch] = [14, 30, 46];
const bend = 6;

interface Placed extends LineageLine {
  y: number;
}

export function LineageDrawing({ lines, label }: { lines: readonly LineageLine[]; label: string }) {
  const { placed, height } = place(lines);
  const onTrunk = placed.filter(({ type }) => type === 'version' || type === 'change');
  return (
    <svg class="lineage" width="100%" height={height} style={{ height: `${height}px` }}>
      <title>{label}</title>
      <line class="branch" x1={trunk} x2={trunk} y1={onTrunk[0]?.y ?? 0} y2={onTrunk.at(-1)?.y ?? 0} />
      <Sides of={placed} />
      {placed.map((line) => (
        <Line key={line.key} of={line} />
      ))}
    </svg>
  );
}

function place(lines: readonly LineageLine[]): { placed: Placed[]; height: number } {
  let height = 4;
  const placed = lines.map((line) => {
    const y = height + 13;
    height += heights[line.type];
    return { ...line, y };
  });
  return { placed, height: height + 4 };
}

/** From each change to the outermost of its places, above it and below; past its text on the way down. */
function Sides({ of }: { of: readonly Placed[] }) {
  return (
    <>
      {of.map(({ key, type, y }, index) => {
        if (type !== 'change') return null;
        const above = of.slice(0, index).reverse();
        const below = of.slice(index + 1);
        const first = runOf(above, 'in').at(-1);
        const last = runOf(below, 'out').at(-1);
        return (
          <g key={key}>
            {first ? <path class="branch" d={`M${trunk} ${y}L${side} ${y - 14}V${first.y + bend}`} /> : null}
            {last ? (
              <path class="branch" d={`M${trunk} ${y}V${y + 24}L${side} ${y + 35}V${last.y - bend}`} />
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function runOf(lines: readonly Placed[], type: LineageLine['type']): Placed[] {
  const end = lines.findIndex((line) => line.type !== type);
  return lines.slice(0, end === -1 ? lines.length : end);
}

function Line({ of }: { of: Placed }) {
  const { type, y, text, about, href, isHere } = of;
  const x = type === 'in' || type === 'out' ? branch + 12 : trunk + 16;
  const words = (
    <text class={type === 'change' ? undefined : 'strong'} x={x} y={y + 4}>
      {text}
    </text>
  );
  return (
    <g class={`lineage-${type}${isHere ? ' here' : ''}`}>
      <Mark of={of} />
      {href === undefined ? words : <a href={href}>{words}</a>}
      {about === undefined ? null : (
        <text x={x} y={y + 21}>
          {about}
        </text>
      )}
    </g>
  );
}

function Mark({ of: { type, y, share } }: { of: Placed }) {
  if (type === 'version') return <circle class="dot" cx={trunk} cy={y} r="7" />;
  if (type === 'change') {
    return <path class="diamond" d={`M${trunk} ${y - 6}l6 6l-6 6l-6 -6z`} />;
  }
  const turn = type === 'in' ? bend : -bend;
  return (
    <>
      <path
        class={`branch share-${share ?? 'unknown'}`}
        d={`M${side} ${y + turn}Q${side} ${y} ${side + bend} ${y}H${branch - 4}`}
      />
      <circle class="ring" cx={branch} cy={y} r="4" />
    </>
  );
}
