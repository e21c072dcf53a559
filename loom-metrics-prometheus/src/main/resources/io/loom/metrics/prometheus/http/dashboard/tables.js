import { element, setCount, setText } from "./dom.js";
import { show } from "./format.js";
import { pick } from "./pick.js";

const NUMBERS_NOT = new Set(["text", "instant"]);

/** A table whose first column names its rows. It scrolls by itself where it is wider than the page. */
export class Table {
  #columns;
  #rows;
  #body = element("tbody");
  #none;
  element;

  constructor({ title, columns, rows, none }) {
    this.#columns = columns;
    this.#rows = rows;
    this.#none = element("p", { class: "none" }, none);
    const heads = columns.map((column) => element("th", { scope: "col", class: align(column) }, column.title));
    const table = element(
      "table",
      {},
      element("caption", {}, title),
      element("thead", {}, element("tr", {}, ...heads)),
      this.#body,
    );
    this.element = element(
      "div",
      { class: "table", role: "region", "aria-label": title, tabindex: "0" },
      table,
      this.#none,
    );
  }

  draw(now, window) {
    const rows = this.#rows(now, window);
    setCount(this.#body, rows.length, () => this.#row());
    rows.forEach((row, i) => {
      this.#columns.forEach((column, j) => {
        setText(this.#body.children[i].children[j], show(column.format, pick(row, column.field, window)));
      });
    });
    this.#none.hidden = rows.length > 0;
  }

  #row() {
    const cells = this.#columns.map((column, i) =>
      i === 0 ? element("th", { scope: "row" }) : element("td", { class: align(column) }),
    );
    return element("tr", {}, ...cells);
  }
}

function align(column) {
  return NUMBERS_NOT.has(column.format) ? "word" : "number";
}
