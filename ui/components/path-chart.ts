// What is due (dashed), what was reached (a line with dots), what is foreseen (dotted, in its interval), today.

import type { EChartsCoreOption } from "echarts/core";

import { BAND, BLUE, INK, INK_2, LINE, RED, shown, tooltip } from "./chart";

type Day = string;
type Spot = [Day, number | null];

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
      scale: data.unit === "%",
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { color: INK_2 },
    },
    series: [...interval(data), path(data), reached(data), foreseen(data)].filter(Boolean),
  };
}

function path(data: PathChart): object {
  return {
    name: data.words.path,
    type: "line",
    data: data.path,
    symbol: data.path.length === 1 ? "diamond" : "none",
    symbolSize: 8,
    lineStyle: { color: INK, width: 1.5, type: "dashed" },
    itemStyle: { color: INK },
    markLine: today(data),
    ...named(data.words.path, data.path, INK, "top"),
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
    ...named(data.words.reached, data.reached, BLUE, "bottom"),
  };
}

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
    ...named(words.forecast, spots, BLUE, "bottom"),
  };
}

// The interval as a band: a line without ink, and what lies between it and the upper end.
function interval({ forecast }: PathChart): object[] {
  if (!forecast) return [];
  const { on, at, by, low, high } = forecast;
  const shared = { type: "line", stack: "interval", stackStrategy: "all", symbol: "none", silent: true };
  const edge = { color: BAND, width: 1 };
  return [
    { ...shared, name: "low", data: [[on, at], [by, low]], lineStyle: edge },
    {
      ...shared,
      name: "high",
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

// The name of a line stands at its last point, on the side where the page still has room.
function named(words: string, spots: Spot[], color: string, where: "top" | "bottom"): object {
  const last = spots.map((spot) => spot[1] !== null).lastIndexOf(true);
  return {
    label: {
      show: true,
      color,
      position: where === "top" ? "left" : "bottom",
      align: "right",
      distance: 8,
      formatter: (spot: { dataIndex: number }) => (spot.dataIndex === last ? words : ""),
    },
    showAllSymbol: true,
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
