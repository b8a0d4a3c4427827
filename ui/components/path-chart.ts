// What is due (dashed), what was reached (a line with dots), what is foreseen (dotted, in its interval), today.

import type { EChartsCoreOption } from "echarts/core";

import { BAND, BLUE, INK, INK_2, LINE, named, RED, shown, tooltip } from "./chart";

type Day = string;
type Spot = [Day, number | null];
const HIDDEN = 0.1;

export interface PathChart {
  kind: "path";
  unit: string;
  from: Day;
  to: Day;
  today: Day;
  path: Spot[];
  reached: Spot[];
  forecast: { on: Day; at: number; by: Day; value: number; low: number; high: number } | null;
  words: { path: string; reached: string; today: string; forecast: string };
}

export function pathOption(data: PathChart, width: number): EChartsCoreOption {
  const narrow = width < 560;
  return {
    grid: { left: 8, right: narrow ? 12 : 24, top: 34, bottom: 8, containLabel: true },
    tooltip: tooltip((rows) => told(data, rows as unknown as Told[])),
    xAxis: {
      type: "time",
      min: data.from,
      max: data.to,
      axisLine: { lineStyle: { color: INK_2 } },
      axisLabel: { formatter: "{yyyy}-{MM}", hideOverlap: true, color: INK_2 },
      splitNumber: narrow ? 3 : 6,
    },
    yAxis: {
      type: "value",
      name: data.unit,
      nameTextStyle: { color: INK_2, align: "right" },
      ...(data.unit === "%" ? percent : {}),
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { color: INK_2 },
    },
    series: [...interval(data), path(data), reached(data), foreseen(data)].filter(Boolean),
  };
}

// A share is shown around its values, and up to 100 where none is beyond.
const percent = {
  min: ({ min, max }: Ends): number => Math.max(Math.floor(min - Math.max(5, (max - min) / 10)), 0),
  max: ({ max }: Ends): number => (max <= 100 ? 100 : Math.ceil(max)),
};

interface Ends {
  min: number;
  max: number;
}

function path(data: PathChart): object {
  return {
    name: data.words.path,
    type: "line",
    data: data.path,
    symbol: "diamond",
    symbolSize: data.path.length === 1 ? 8 : HIDDEN,
    lineStyle: { color: INK, width: 1.5, type: "dashed" },
    itemStyle: { color: INK },
    markLine: today(data),
    ...named(data.words.path, second(data.path), INK, "top"),
  };
}

function reached(data: PathChart): object {
  return {
    name: data.words.reached,
    type: "line",
    data: data.reached,
    symbol: "circle",
    symbolSize: 6,
    lineStyle: { color: BLUE, width: 2 },
    itemStyle: { color: BLUE },
    ...named(data.words.reached, second(data.reached), BLUE, "top"),
  };
}

const second = (spots: Spot[]): (number | null)[] => spots.map((spot) => spot[1]);

function foreseen({ forecast, words }: PathChart): object | null {
  if (!forecast) return null;
  const spots: Spot[] = [
    [forecast.on, forecast.at],
    [forecast.by, forecast.value],
  ];
  return {
    name: words.forecast,
    type: "line",
    data: spots,
    symbol: "none",
    lineStyle: { color: BLUE, width: 1.5, type: "dotted" },
    itemStyle: { color: BLUE },
  };
}

// The interval as a band: its lower end, and what lies between that and the upper one. Its name stands below it, and
// above it where there is no room between it and the axis.
function interval({ forecast, words, path, unit }: PathChart): object[] {
  if (!forecast) return [];
  const { on, at, by, low, high } = forecast;
  const shared = { type: "line", stack: "interval", stackStrategy: "all", silent: true };
  const edge = { color: BAND, width: 1 };
  const most = Math.max(high, ...path.map((spot) => spot[1] ?? 0));
  const above = unit !== "%" && low < most / 8;
  const name = (values: number[], position: "top" | "bottom"): object => ({
    symbol: "circle",
    symbolSize: HIDDEN,
    ...named(words.forecast, values, BLUE, position),
  });
  const plain = { symbol: "none" };
  return [
    { ...shared, ...(above ? plain : name([at, low], "bottom")), data: [[on, at], [by, low]], lineStyle: edge },
    {
      ...shared,
      ...(above ? name([at, high], "top") : plain),
      data: [[on, 0], [by, high - low]],
      lineStyle: edge,
      areaStyle: { color: BAND, opacity: 0.3 },
    },
  ];
}

function today(data: PathChart): object {
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: RED, width: 1, type: "solid" },
    label: { formatter: data.words.today, color: RED, position: "end" },
    data: data.today >= data.from && data.today <= data.to ? [{ xAxis: data.today }] : [],
  };
}

interface Told {
  seriesName: string;
  value: Spot;
}

function told({ words, unit }: PathChart, rows: Told[]): string {
  const known = rows.filter((row) => [words.path, words.reached].includes(row.seriesName));
  const day = rows[0]?.value[0] ?? "";
  return [day, ...known.map((row) => `${row.seriesName} ${shown(row.value[1])} ${unit}`)].join("\n");
}
