import { Chart } from "./charts.js";
import { element } from "./dom.js";
import { Table } from "./tables.js";
import { Tile } from "./tiles.js";

/** One of the dashboards: its tiles, charts and tables. */
export class Panel {
  #tiles;
  #charts;
  #tables;

  constructor(root, { title, about, tiles, charts, tables }) {
    this.#tiles = tiles.map((tile) => new Tile(tile));
    this.#charts = charts.map((chart) => new Chart(chart));
    this.#tables = tables.map((table) => new Table(table));
    root.append(
      element("h2", {}, title),
      element("p", { class: "about" }, about),
      group("tiles", this.#tiles),
      group("charts", this.#charts),
      group("tables", this.#tables),
    );
  }

  /** To be called while it can be seen. */
  draw(now, history, window) {
    const end = Date.parse(now.time) / 1000;
    this.#tiles.forEach((tile) => tile.draw(now, window));
    this.#charts.forEach((chart) => chart.draw(history, end));
    this.#tables.forEach((table) => table.draw(now, window));
  }

  recolour() {
    this.#charts.forEach((chart) => chart.recolour());
  }
}

function group(name, parts) {
  return element("div", { class: name }, ...parts.map((part) => part.element));
}
