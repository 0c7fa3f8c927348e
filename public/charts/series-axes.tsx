/** The axes of a chart of series: values upwards, years to the right. */
import { useWordsOf } from '../lib/words';
import { indicatorWords } from '../words/indicator';
import { type Scale, yearTicks } from './scales';

export interface Paper {
  width: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Scale;
  y: Scale;
}

interface AxesProps {
  paper: Paper;
  ticks: readonly number[];
  labels: readonly string[];
  times: readonly [number, number];
  unit: string;
  isCut: boolean;
}

export function Axes({
  paper: { left, right, top, bottom, x, y },
  ticks,
  labels,
  times,
  unit,
  isCut,
}: AxesProps) {
  const words = useWordsOf(indicatorWords);
  return (
    <g>
      <text x={0} y={12}>
        {unit}
      </text>
      {isCut ? (
        <text x={0} y={28}>
          {words.axisCut}
        </text>
      ) : null}
      {ticks.map((tick, index) => (
        <g key={tick}>
          <path class={tick === 0 ? 'axis axis-zero' : 'axis'} d={`M${left} ${y(tick)}H${right}`} />
          <text x={left - 6} y={y(tick) + 4} text-anchor="end">
            {labels[index]}
          </text>
        </g>
      ))}
      {yearTicks(times, right - left).map((year) => (
        <g key={year}>
          <path class="axis" d={`M${x(year + 0.5)} ${bottom + 4}v5`} />
          <text x={x(year + 0.5)} y={bottom + 22} text-anchor="middle">
            {year}
          </text>
        </g>
      ))}
      <path class="axis" d={`M${left} ${top}V${bottom + 4}H${right}`} fill="none" />
    </g>
  );
}
