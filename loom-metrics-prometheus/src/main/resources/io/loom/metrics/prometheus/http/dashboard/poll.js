/** Runs a task at once, and again some time after it ended. Rests while nobody can see the page. */
export function poll(pauseMillis, task) {
  let timer;
  let busy = false;

  async function run() {
    clearTimeout(timer);
    if (busy || document.hidden) {
      return;
    }
    busy = true;
    try {
      await task();
    } finally {
      busy = false;
      if (!document.hidden) {
        timer = setTimeout(run, pauseMillis);
      }
    }
  }

  document.addEventListener("visibilitychange", run);
  addEventListener("online", run);
  run();
}
