import { element, setText } from "./dom.js";
import { show } from "./format.js";
import { pick } from "./pick.js";

/** A number and its unit, but not hours and minutes. */
const NUMBER_AND_UNIT = /^([-$\d.,]+)(\D*)$/;

/**
 * A figure of the answer: `data-metric` says which one, `data-value` has it as it came, the text has it for people.
 */
class Figure {
  #number = element("span");
  #unit = element("span", { class: "unit" });
  element = element("span", {}, this.#number, this.#unit);
  #metric;
  #format;

  constructor({ metric, format }) {
    this.#metric = metric;
    this.#format = format;
  }

  draw(now, window) {
    const value = pick(now, this.#metric, window);
    this.element.dataset.metric = this.#metric.replace("{w}", window);
    this.element.dataset.value = value ?? "";
    this.element.classList.toggle("unknown", value === null);
    const text = show(this.#format, value);
    const [, number, unit] = NUMBER_AND_UNIT.exec(text) ?? [text, text, ""];
    setText(this.#number, number);
    setText(this.#unit, unit);
    return value;
  }
}

/** One large figure, smaller ones that belong to it, and a word where it is too high. */
export class Tile {
  #main;
  #notes;
  #limit;
  #warning = element("p", { class: "warning" });
  element;

  constructor({ title, metric, format, notes = [], limit }) {
    this.#main = new Figure({ metric, format });
    this.#notes = notes.map((note) => new Figure(note));
    this.#limit = limit;
    this.#main.element.classList.add("value");
    const small = notes.map((note, i) =>
      element("div", {}, element("dt", {}, note.title), element("dd", {}, this.#notes[i].element)),
    );
    this.element = element(
      "div",
      { class: "tile" },
      element("h3", {}, title),
      element("p", {}, this.#main.element),
      this.#warning,
      element("dl", {}, ...small),
    );
  }

  draw(now, window) {
    const value = this.#main.draw(now, window);
    const high = this.#limit !== undefined && value !== null && value > this.#limit.above;
    this.element.classList.toggle("high", high);
    setText(this.#warning, high ? this.#limit.text : "");
    this.#notes.forEach((note) => note.draw(now, window));
  }
}
