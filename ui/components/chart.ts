// One chart in its place: SVG, so that it prints sharp; no colour says anything that a line or a word does not.

import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type ECharts, type EChartsCoreOption, init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, LabelLayout, MarkLineComponent, TooltipComponent, SVGRenderer]);

export const INK = "#1c2530";
export const INK_2 = "#505b69";
export const LINE = "#e2e6eb";
export const BLUE = "#1d5a96";
export const RED = "#9e1b1e";
export const BAND = "#9db8d3";

interface Drawn {
  chart: ECharts;
  place: HTMLElement;
  option: (width: number) => EChartsCoreOption;
}

const drawn: Drawn[] = [];

export function start(place: HTMLElement, option: (width: number) => EChartsCoreOption): void {
  const chart = init(place, null, { renderer: "svg" });
  const one = { chart, place, option };
  drawn.push(one);
  draw(one);
  new ResizeObserver(() => draw(one)).observe(place);
}

function draw({ chart, place, option }: Drawn): void {
  chart.resize();
  chart.setOption({ ...frame(), ...option(place.clientWidth) }, true);
}

// What every chart has: no motion, plain text for the tooltip (a strict page allows no styled fragments).
function frame(): EChartsCoreOption {
  const family = getComputedStyle(document.body).fontFamily;
  return { animation: false, textStyle: { fontFamily: family, color: INK_2 } };
}

export const tooltip = (format: (rows: { dataIndex: number }[]) => string): EChartsCoreOption => ({
  trigger: "axis",
  renderMode: "richText",
  confine: true,
  backgroundColor: "#fff",
  borderColor: LINE,
  textStyle: { color: INK, fontSize: 12 },
  axisPointer: { lineStyle: { color: INK_2, type: "dotted" } },
  formatter: format,
});

// The name of a line, written at its last known point; names that meet move apart.
export function named(words: string, numbers: (number | null)[], color: string, position: "top" | "bottom"): object {
  const last = numbers.map((value) => value !== null).lastIndexOf(true);
  return {
    showAllSymbol: true, // a name is written beside a symbol, however small
    label: {
      show: true,
      color,
      fontSize: 12,
      position,
      align: "right",
      distance: 6,
      formatter: (spot: { dataIndex: number }) => (spot.dataIndex === last ? words : ""),
    },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

// On paper a chart gets the width of the paper.
export function onPaper(): void {
  const again = (): void => drawn.forEach(draw);
  matchMedia("print").addEventListener("change", again);
  addEventListener("beforeprint", again);
  addEventListener("afterprint", again);
}

export const shown = (value: number | null): string =>
  value === null ? "—" : value.toLocaleString("en", { maximumFractionDigits: 2 });
