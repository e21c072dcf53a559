import { element, setCount, setText } from "./dom.js";
import { minuteOfDay, NO_DATA, show } from "./format.js";
import { SPAN } from "./history.js";

const HEIGHT = 170;
const FONT = "12px system-ui, sans-serif";
const MINUTES = [1, 2, 5, 15].map((minutes) => minutes * 60);
const POWERS_OF_TWO = Array.from({ length: 50 }, (_, power) => 2 ** power);

/** Units that are said once, above the picture, and not beside each line of it. */
const ON_AXIS = { tokens: "number", words: "number", cores: "number" };

/** A colour of the style sheet, as it is now: a canvas does not know the sheet's variables. */
function colour(name) {
  const probe = document.getElementById("probe") ?? document.body.appendChild(element("span", { id: "probe", hidden: "" }));
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

/** The course of one series through the last quarter of an hour, as a picture, in words, and as a table. */
export class Chart {
  #title;
  #series;
  #format;
  #top;
  #data = { times: [], values: [] };
  #end = 0;
  #plot = null;
  #value = element("span", { class: "now" });
  #picture = element("div", { class: "plot", role: "img" });
  #rows = element("tbody");
  #details;
  element;

  /** `top` is the least that the upper end of the scale may be. */
  constructor({ title, series, format, top = 0 }) {
    this.#title = title;
    this.#series = series;
    this.#format = format;
    this.#top = top;
    this.#details = this.#table();
    this.element = element(
      "figure",
      { class: "chart", "data-series": series },
      element("figcaption", {}, element("h3", {}, title), this.#value),
      this.#picture,
      this.#details,
    );
    new ResizeObserver(() => this.#resize()).observe(this.#picture);
  }

  /** To be called while it can be seen. */
  draw(history, end) {
    this.#data = history.series(this.#series);
    this.#end = end;
    const columns = [this.#data.times, this.#data.values];
    if (this.#plot) {
      this.#plot.setData(columns);
    } else {
      this.#plot = new globalThis.uPlot(this.#options(), columns, this.#picture);
    }
    this.element.dataset.points = this.#data.times.length;
    this.#picture.setAttribute("aria-label", this.#words());
    this.#tell(null);
    this.#fill();
  }

  /** After colours have changed. */
  recolour() {
    this.#plot?.redraw(false);
  }

  #resize() {
    const width = this.#picture.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT });
    }
  }

  #options() {
    const axis = {
      stroke: () => colour("--soft"),
      font: FONT,
      grid: { stroke: () => colour("--line"), width: 1 },
      ticks: { show: false },
    };
    return {
      width: Math.max(this.#picture.clientWidth, 100),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: "loom" } },
      scales: {
        x: { range: () => [this.#end - SPAN, this.#end] },
        y: { range: (plot, least, most) => [0, Math.max(most > 0 ? most * 1.1 : 0, this.#top) || 1] },
      },
      axes: [
        { ...axis, size: 28, space: 60, incrs: MINUTES, values: (plot, splits) => splits.map(minuteOfDay) },
        { ...axis, ...this.#upright() },
      ],
      series: [{}, { stroke: () => colour("--accent"), fill: () => colour("--wash"), width: 2, points: { show: false } }],
      hooks: { setCursor: [(plot) => this.#tell(plot.cursor.idx)] },
    };
  }

  /** The axis of values, as wide as they are. */
  #upright() {
    const format = ON_AXIS[this.#format] ?? this.#format;
    return {
      space: 36,
      ...(format === "bytes" && { incrs: POWERS_OF_TWO }),
      values: (plot, splits) => splits.map((value) => show(format, value)),
      size: (plot, values) => 16 + 7 * Math.max(0, ...(values ?? []).map((value) => value.length)),
    };
  }

  /** The value under the pointer, or else the last one. */
  #tell(index) {
    const { times, values } = this.#data;
    const pointed = index !== null && index !== undefined && index < times.length;
    const at = pointed ? `${minuteOfDay(times[index])}: ` : "";
    setText(this.#value, at + show(this.#format, values.at(pointed ? index : -1) ?? null));
  }

  #words() {
    const known = this.#data.values.filter((value) => value !== null);
    if (known.length === 0) {
      return `${this.#title}: ${NO_DATA}`;
    }
    const last = show(this.#format, this.#data.values.at(-1));
    const least = show(this.#format, Math.min(...known));
    const most = show(this.#format, Math.max(...known));
    return `${this.#title} in the last 15 minutes: ${last} now, ${least} at least, ${most} at most`;
  }

  #table() {
    const heads = ["Time", this.#title].map((title) => element("th", { scope: "col" }, title));
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), this.#rows);
    const hidden = element("span", { class: "unseen" }, `${this.#title} `);
    const details = element("details", {}, element("summary", {}, hidden, "as a table"), table);
    details.addEventListener("toggle", () => this.#fill());
    return details;
  }

  /** A row for each minute, the newest first, while the table is open. */
  #fill() {
    if (!this.#details.open) {
      return;
    }
    const minutes = new Map();
    this.#data.times.forEach((time, i) => minutes.set(minuteOfDay(time), this.#data.values[i]));
    const rows = [...minutes].reverse();
    setCount(this.#rows, rows.length, () => element("tr", {}, element("th", { scope: "row" }), element("td")));
    rows.forEach(([minute, value], i) => {
      setText(this.#rows.children[i].children[0], minute);
      setText(this.#rows.children[i].children[1], show(this.#format, value));
    });
  }
}
