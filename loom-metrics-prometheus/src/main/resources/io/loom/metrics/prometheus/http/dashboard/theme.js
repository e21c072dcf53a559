const KEY = "loom-dashboard-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** What the reader chose once. Storage may be forbidden; the choice then lasts as long as the page. */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Only this page will know.
  }
}

/** The colours are the system's until the reader presses the button. */
export function toggleBy(button, onChange) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const told = () => {
    button.textContent = isDark() ? "Light colours" : "Dark colours";
    onChange();
  };
  const chosen = stored();
  if (chosen === "dark" || chosen === "light") {
    root.dataset.theme = chosen;
  }
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store(root.dataset.theme);
    told();
  });
  dark.addEventListener("change", told);
  told();
}
