import { Refused } from "./api.js";
import { setText } from "./dom.js";
import { timeOfDay } from "./format.js";

/** Tells whether the figures are of now. Changes are read out; the time of each answer is not. */
export class Status {
  #line = document.getElementById("status");
  #updated = document.getElementById("updated");
  #last = null;

  answered() {
    this.#last = new Date();
    this.#tell("live", "Live");
    setText(this.#updated, `Updated ${timeOfDay(this.#last)}`);
  }

  failed(error) {
    const what = error instanceof Refused ? error.message : this.#last ? "No answer" : "No answer yet";
    const since = this.#last ? ` since ${timeOfDay(this.#last)}` : "";
    this.#tell("lost", `${what}${since}; trying again`);
  }

  #tell(state, text) {
    document.body.dataset.state = state;
    setText(this.#line, text);
  }
}
