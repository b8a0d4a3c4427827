// The map of points: boundaries are what it is drawn on; pictures of a tile source lie below where one is set.

import { drawMap } from "./components/point-map";

const place = document.getElementById("point-map");
const words = document.getElementById("map-words");
if (place && words) void drawMap(place, JSON.parse(words.textContent ?? "{}"));
