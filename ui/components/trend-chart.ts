// A unit's values (a line with dots) beside the median of its peers (dashed) and their middle half (a band). What is
// what says the legend of the page, once for all charts.

import type { EChartsCoreOption } from "echarts/core";

import { BAND, BLUE, INK, INK_2, LINE, shown, tooltip } from "./chart";

type Numbers = (number | null)[];

export interface TrendChart {
  kind: "trend";
  unit: string;
  days: string[];
  own: Numbers;
  low: Numbers;
  median: Numbers;
  high: Numbers;
  words: { own: string; median: string };
}

export function trendOption(data: TrendChart): EChartsCoreOption {
  return {
    grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: tooltip(([row]) => (row ? told(data, row.dataIndex) : "")),
    xAxis: {
      type: "category",
      data: data.days,
      axisLine: { lineStyle: { color: INK_2 } },
      axisTick: { show: false },
      axisLabel: { color: INK_2, fontSize: 11, ...ends(data.days.length) },
    },
    yAxis: {
      type: "value",
      scale: true,
      splitNumber: 2,
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { color: INK_2, fontSize: 11 },
    },
    series: [...band(data), line(data.words.median, data.median, "dashed"), line(data.words.own, data.own, "solid")],
  };
}

// Of the periods the first and the last are named, inside the width of the chart.
const ends = (count: number): object => ({
  interval: Math.max(count - 2, 0),
  showMinLabel: true,
  showMaxLabel: true,
  alignMinLabel: "left",
  alignMaxLabel: "right",
});

function line(name: string, numbers: Numbers, type: "dashed" | "solid"): object {
  const own = type === "solid";
  const color = own ? BLUE : INK;
  const alone = numbers.filter((value) => value !== null).length === 1;
  return {
    name,
    type: "line",
    data: numbers,
    symbol: own || alone ? "circle" : "none",
    symbolSize: 5,
    lineStyle: { color, type, width: own ? 2 : 1.25 },
    itemStyle: { color },
  };
}

function band(data: TrendChart): object[] {
  const shared = { type: "line", stack: "peers", stackStrategy: "all", symbol: "none", silent: true };
  const between = data.high.map((high, at) => {
    const low = data.low[at];
    return high === null || low === null || low === undefined ? null : high - low;
  });
  const edge = { color: BAND, width: 0.75 };
  return [
    { ...shared, data: data.low, lineStyle: edge },
    { ...shared, data: between, lineStyle: edge, areaStyle: { color: BAND, opacity: 0.3 } },
  ];
}

function told(data: TrendChart, at: number): string {
  const value = (numbers: Numbers): string => shown(numbers[at] ?? null);
  const lines = [data.days[at] ?? "", `${data.words.own} ${value(data.own)} ${data.unit}`];
  if (data.median[at] !== null) {
    lines.push(`${data.words.median} ${value(data.median)} (${value(data.low)} – ${value(data.high)}) ${data.unit}`);
  }
  return lines.join("\n");
}
