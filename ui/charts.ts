// Draws the charts of a page: each element with data-chart names the JSON that holds its numbers and words.

import type { EChartsCoreOption } from "echarts/core";

import { onPaper, start } from "./components/chart";
import { pathOption, type PathChart } from "./components/path-chart";
import { trendOption, type TrendChart } from "./components/trend-chart";

const optionOf = (data: PathChart | TrendChart, width: number): EChartsCoreOption =>
  data.kind === "path" ? pathOption(data, width) : trendOption(data);

for (const place of document.querySelectorAll<HTMLElement>("[data-chart]")) {
  const source = document.getElementById(place.dataset.chart ?? "");
  if (!source) continue;
  const data = JSON.parse(source.textContent ?? "") as PathChart | TrendChart;
  start(place, (width) => optionOf(data, width));
}
onPaper();
