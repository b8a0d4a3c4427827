// Points in clusters on boundaries. Every mark is a button with its name: it can be reached and read without a mouse.

import L from "leaflet";
import "leaflet.markercluster";

export interface MapWords {
  map: string;
  zoomIn: string;
  zoomOut: string;
  cluster: string;
  failed: string;
  open: string;
}

// id, longitude, latitude, place in `types`, place in `statuses`, number, name
type Row = [number, number, number, number, number, string, string];

interface Points {
  total: number;
  types: string[];
  statuses: string[];
  points: Row[];
}

const CHINA: L.LatLngTuple = [35, 105];
const WIDEST = 4;

export async function drawMap(place: HTMLElement, words: MapWords): Promise<void> {
  const map = L.map(place, {
    attributionControl: false,
    zoomControl: false,
    minZoom: WIDEST,
    maxZoom: 19,
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
  }).setView(CHINA, WIDEST);
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", words.map);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (place.dataset.tiles) drawTiles(map, place.dataset.tiles, place.dataset.credit ?? "");
  try {
    const [outlines, points] = await Promise.all([
      asked<GeoJSON.FeatureCollection>(place.dataset.outlines),
      asked<Points>(place.dataset.points),
    ]);
    const drawn = drawOutlines(map, outlines);
    const marks = drawPoints(map, points, place.dataset.one ?? "", words);
    const around = marks.getLayers().length ? marks.getBounds() : drawn.getBounds();
    if (around.isValid()) map.fitBounds(around.pad(0.05), { maxZoom: 16, animate: false });
    place.dataset.drawn = String(points.points.length);
  } catch {
    const said = document.createElement("p");
    said.className = "told error";
    said.setAttribute("role", "alert");
    said.textContent = words.failed;
    place.before(said);
  }
}

async function asked<Answer>(address: string | undefined): Promise<Answer> {
  const answer = await fetch(address ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Answer;
}

// Some sources look at where a page is from; they learn the host alone.
function drawTiles(map: L.Map, template: string, credit: string): void {
  L.tileLayer(template, { maxZoom: 19, referrerPolicy: "origin" }).addTo(map);
  if (!credit) return;
  const said = document.createElement("span");
  said.textContent = credit;
  L.control.attribution({ prefix: false }).addAttribution(said.innerHTML).addTo(map);
}

function drawOutlines(map: L.Map, outlines: GeoJSON.FeatureCollection): L.GeoJSON {
  const names = L.layerGroup();
  const highest = Math.min(...outlines.features.map((one) => Number(one.properties?.depth)));
  const drawn = L.geoJSON(outlines, {
    interactive: false,
    style: (one) => ({ className: one?.properties.depth === highest ? "outline" : "outline below" }),
    onEachFeature: (one, layer) => {
      const at = (layer as L.Polygon).getBounds().getCenter();
      const name = document.createElement("span");
      name.textContent = String(one.properties.name);
      const icon = L.divIcon({ className: "outline-name", html: name, iconSize: [0, 0] });
      L.marker(at, { icon, interactive: false, keyboard: false }).addTo(names);
    },
  }).addTo(map);
  names.addTo(map);
  return drawn;
}

function drawPoints(map: L.Map, found: Points, address: string, words: MapWords): L.MarkerClusterGroup {
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false,
    animate: false,
    maxClusterRadius: 48,
    disableClusteringAtZoom: 18,
    spiderfyOnMaxZoom: false,
    iconCreateFunction: (cluster) => clusterIcon(cluster, words),
  });
  clusters.addLayers(found.points.map((row) => mark(row, found, address, words)));
  map.addLayer(clusters);
  return clusters;
}

function clusterIcon(cluster: L.MarkerCluster, words: MapWords): L.DivIcon {
  const count = cluster.getChildCount();
  cluster.options.title = words.cluster.replace("%(n)s", String(count));
  const size = count < 10 ? 30 : count < 100 ? 36 : 44;
  return L.divIcon({ className: "cluster", html: `<span>${count}</span>`, iconSize: [size, size] });
}

function mark(row: Row, found: Points, address: string, words: MapWords): L.Marker {
  const [id, lon, lat, type, status, number, name] = row;
  const icon = L.divIcon({ className: `mark ${found.statuses[status] ?? ""}`, iconSize: [18, 18] });
  return L.marker([lat, lon], { icon, title: `${number} ${name}` }).bindPopup(() => {
    const box = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = name;
    const below = document.createElement("div");
    below.textContent = `${number} · ${found.types[type] ?? ""}`;
    const link = document.createElement("a");
    link.href = address.replace(/\/0\/$/, `/${id}/`);
    link.textContent = words.open;
    box.append(head, below, link);
    return box;
  });
}
