/** What a path with dots leads to, or null. `{w}` stands for the window that the reader chose. */
export function pick(from, path, window) {
  let found = from;
  for (const key of path.replace("{w}", window).split(".")) {
    found = found?.[key];
  }
  return found ?? null;
}
