// Maps of honest areas: a ring as wide as the place is uncertain, over outlines that ship with the program.

import * as maplibre from "./vendor/maplibre-gl/maplibre-gl.mjs";

const EARTH_SIDES = 48;

function script(address) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}

function stylesheet(address) {
  return new Promise((done) => {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = address;
    element.onload = element.onerror = done;
    document.head.append(element);
  });
}

let outlines;
async function world() {
  outlines ??= Promise.all([
    fetch("/static/vendor/world-atlas/countries-50m.json").then((answer) => answer.json()),
    globalThis.topojson ? null : script("/static/vendor/topojson-client/topojson-client.min.js"),
  ]).then(([atlas]) => globalThis.topojson.feature(atlas, atlas.objects.countries));
  return outlines;
}

function ring(feature, kmPerDegree) {
  const [lon, lat] = feature.geometry.coordinates;
  const radius = Math.max(feature.properties.radius_km ?? 1, 0.5);
  const wide = radius / (kmPerDegree * Math.max(Math.cos((lat * Math.PI) / 180), 0.05));
  const points = [];
  for (let side = 0; side <= EARTH_SIDES; side += 1) {
    const turn = (side / EARTH_SIDES) * 2 * Math.PI;
    points.push([lon + wide * Math.cos(turn), lat + (radius / kmPerDegree) * Math.sin(turn)]);
  }
  return { type: "Feature", geometry: { type: "Polygon", coordinates: [points] }, properties: feature.properties };
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { sea: of("--map-sea"), land: of("--map-land"), edge: of("--map-edge"), mark: of("--mark") };
}

function told(properties) {
  const box = document.createElement("div");
  const add = (words) => { const line = document.createElement("p"); line.textContent = words; line.dir = "auto"; box.append(line); };
  add([properties.what, properties.when].filter(Boolean).join(", "));
  const low = properties.low, high = properties.high;
  if (low != null || high != null) {
    const range = low == null ? `up to ${high}` : high == null ? `at least ${low}` : low === high ? `${low}` : `${low} to ${high}`;
    add(`reported ${properties.measure}: ${range}`);
  }
  if (properties.claims != null) add(`${properties.claims} claims`);
  add(`${properties.place}, within ${properties.radius_km ?? "?"} km`);
  if (properties.id) {
    const link = document.createElement("a");
    link.href = `/incidents/${encodeURIComponent(properties.id)}`;
    link.textContent = "open the incident";
    box.append(link);
  }
  return box;
}

async function draw(box) {
  const answer = await fetch(box.dataset.map, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const [found, land] = await Promise.all([answer.json(), world()]);
  if (!found.features.length) {
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet", textContent: "No place here has coordinates." }));
    return;
  }
  const shade = colours();
  const rings = { type: "FeatureCollection", features: found.features.map((f) => ring(f, found.km_per_degree)) };
  box.replaceChildren();
  const bounds = new maplibre.LngLatBounds();
  for (const each of rings.features) for (const point of each.geometry.coordinates[0]) bounds.extend(point);
  const map = new maplibre.Map({
    container: box, attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    cooperativeGestures: false, bounds, fitBoundsOptions: { padding: 36, maxZoom: 8 },
    style: {
      version: 8,
      sources: { land: { type: "geojson", data: land }, rings: { type: "geojson", data: rings }, points: { type: "geojson", data: found } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": shade.sea } },
        { id: "land", type: "fill", source: "land", paint: { "fill-color": shade.land } },
        { id: "edge", type: "line", source: "land", paint: { "line-color": shade.edge, "line-width": 0.8 } },
        { id: "rings", type: "fill", source: "rings", paint: { "fill-color": shade.mark, "fill-opacity": 0.22 } },
        { id: "ring-edge", type: "line", source: "rings", paint: { "line-color": shade.mark, "line-width": 1.4 } },
        { id: "points", type: "circle", source: "points", paint: { "circle-color": shade.mark, "circle-radius": 2.5 } },
      ],
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }));
  map.on("click", "rings", (event) => {
    new maplibre.Popup({ maxWidth: "260px" }).setLngLat(event.lngLat).setDOMContent(told(event.features[0].properties)).addTo(map);
  });
  map.once("idle", () => { box.dataset.drawn = "true"; });
}

export async function drawAll() {
  await stylesheet("/static/vendor/maplibre-gl/maplibre-gl.css");
  for (const box of document.querySelectorAll("[data-map]:not([data-begun])")) {
    box.dataset.begun = "true";
    draw(box).catch(() => {
      box.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet", textContent: "The map could not be drawn here; the places are told beside it." }));
      box.dataset.drawn = "failed";
    });
  }
}
