const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Tabs by the pattern of the ARIA Authoring Practices: one of them is in the order of the tab key, arrows, Home and End go
 * from one to the other, and what has the focus is shown. Which one that is stands in the address, so it can be linked to.
 */
export class Tabs {
  #tabs;
  #onSelect;

  constructor(list, onSelect) {
    this.#tabs = [...list.querySelectorAll("[role=tab]")];
    this.#onSelect = onSelect;
    list.addEventListener("click", (event) => this.#click(event.target.closest("[role=tab]")));
    list.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("hashchange", () => this.#select(this.#addressed()));
    this.#select(this.#addressed());
  }

  /** The name of the tab that is shown. */
  get selected() {
    return nameOf(this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true"));
  }

  #addressed() {
    const name = location.hash.slice(1);
    return this.#tabs.find((tab) => nameOf(tab) === name) ?? this.#tabs[0];
  }

  #click(tab) {
    if (tab) {
      this.#choose(tab);
    }
  }

  #key(event) {
    const to = this.#target(event.key, this.#tabs.indexOf(event.target));
    if (to && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      to.focus();
      this.#choose(to);
    }
  }

  #target(key, from) {
    if (key === "Home") {
      return this.#tabs[0];
    }
    if (key === "End") {
      return this.#tabs.at(-1);
    }
    return key in STEPS ? this.#tabs.at((from + STEPS[key]) % this.#tabs.length) : undefined;
  }

  #choose(tab) {
    history.replaceState(null, "", `#${nameOf(tab)}`);
    this.#select(tab);
  }

  #select(chosen) {
    for (const tab of this.#tabs) {
      const selected = tab === chosen;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
    }
    this.#onSelect(nameOf(chosen));
  }
}

function nameOf(tab) {
  return tab.id.replace("tab-", "");
}
