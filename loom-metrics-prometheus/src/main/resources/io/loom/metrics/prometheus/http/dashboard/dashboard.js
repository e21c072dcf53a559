import { ask, Refused } from "./api.js";
import { business } from "./business.js";
import { History } from "./history.js";
import { llm } from "./llm.js";
import { overview } from "./overview.js";
import { Panel } from "./panel.js";
import { poll } from "./poll.js";
import { Status } from "./status.js";
import { system } from "./system.js";
import { Tabs } from "./tabs.js";
import { toggleBy } from "./theme.js";

const PAUSE_MILLIS = 5_000;

const api = document.querySelector("meta[name=loom-api]").content;
const choice = document.getElementById("window");
const history = new History();
const status = new Status();
const dashboards = { overview, llm, business, system };
const panels = Object.fromEntries(
  Object.entries(dashboards).map(([name, view]) => [name, new Panel(document.getElementById(`panel-${name}`), view)]),
);
let selected = "overview";
let now = null;

/** What cannot be seen is drawn when it is chosen. */
function draw() {
  document.title = `${dashboards[selected].title} · Loom live dashboard`;
  if (now) {
    panels[selected].draw(now, history, choice.value);
  }
}

async function update() {
  try {
    const answer = await ask(api);
    now = answer.now;
    history.add(answer.history);
  } catch (error) {
    status.failed(error);
    return;
  }
  try {
    draw();
    status.answered();
  } catch (error) {
    status.failed(new Refused("This page cannot show what the service answers"));
    throw error;
  }
}

new Tabs(document.querySelector("[role=tablist]"), (name) => {
  selected = name;
  draw();
});
choice.addEventListener("change", draw);
toggleBy(document.getElementById("theme"), () => Object.values(panels).forEach((panel) => panel.recolour()));
poll(PAUSE_MILLIS, update);
