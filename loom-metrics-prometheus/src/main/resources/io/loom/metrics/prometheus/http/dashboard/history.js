/** How far back charts go, in seconds. */
export const SPAN = 15 * 60;

/**
 * The last quarter of an hour, a point for each step. Each answer has all that the service knows, so what was missed comes
 * with the next one. A service that started anew knows nothing of the time before: that is kept from earlier answers.
 */
export class History {
  #step = 5;
  #times = [];
  #values = {};

  add({ step_seconds: step, times, values }) {
    const first = times.length > 0 ? times[0] : Infinity;
    const oldest = (times.at(-1) ?? this.#times.at(-1) ?? 0) - SPAN;
    const kept = [...this.#times.keys()].filter((i) => this.#times[i] > oldest && this.#times[i] < first - step / 2);
    const merged = {};
    for (const name of Object.keys(values)) {
      merged[name] = [...kept.map((i) => this.#values[name]?.[i] ?? null), ...values[name]];
    }
    this.#step = step;
    this.#times = [...kept.map((i) => this.#times[i]), ...times];
    this.#values = merged;
  }

  /** Times and values of a series. Where steps are missing, an unknown value parts what is before from what is after. */
  series(name) {
    const times = [];
    const values = [];
    this.#times.forEach((time, i) => {
      const before = times.at(-1);
      if (before !== undefined && time - before > 1.5 * this.#step) {
        times.push(before + this.#step);
        values.push(null);
      }
      times.push(time);
      values.push(this.#values[name]?.[i] ?? null);
    });
    return { times, values };
  }
}
