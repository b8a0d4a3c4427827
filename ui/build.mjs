// Bundles every ui/*.ts and ui/styles/*.css whose name does not begin with "_" into chuangwen/kit/static/kit.
import { build } from "esbuild";
import { readdirSync } from "node:fs";

const entries = (folder, ending) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.endsWith(".d.ts") && !name.startsWith("_"))
    .map((name) => `${folder}/${name}`);

await build({
  entryPoints: [...entries(".", ".ts"), ...entries("styles", ".css")],
  outdir: "../chuangwen/kit/static/kit",
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".svg": "dataurl", ".png": "dataurl" },
  logLevel: "warning",
});
