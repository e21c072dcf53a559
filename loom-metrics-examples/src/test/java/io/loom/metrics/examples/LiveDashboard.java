package io.loom.metrics.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * The live page of any service, in a browser, as a reader sees it.
 *
 * @param address of the page, with or without a slash at its end
 */
record LiveDashboard(Browser browser, URI address) {
    static final List<String> TABS = List.of("overview", "llm", "business", "system");

    private static final String SHOWN = "[role=tabpanel]:not([hidden])";
    private static final Path PICTURES =
            Path.of(System.getProperty("loom.root"), "loom-metrics-examples", "target", "screenshots");

    /** Loads the page, and returns as soon as it is live. */
    LiveDashboard open(String tab) throws Exception {
        load(tab);
        awaitState("live");
        return this;
    }

    /** Loads the page anew, whatever was shown before. */
    void load(String tab) {
        browser.driver().get("about:blank");
        browser.driver().get(address + "#" + tab);
    }

    /** Goes to another tab. */
    void choose(String tab) {
        browser.driver().findElement(By.id("tab-" + tab)).click();
    }

    void awaitState(String state) throws Exception {
        Eventually.holds("the page is " + state, () -> state.equals(browser.run("return document.body.dataset.state")));
    }

    String status() {
        return text("status");
    }

    String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    /** {@return all that can be read, closed tables of charts included} */
    String words() {
        return (String) browser.run("return document.querySelector('" + SHOWN + "').textContent");
    }

    /** {@return the texts of tiles, by their metrics} */
    Map<String, String> texts() {
        return figures("textContent");
    }

    /** {@return the figures of tiles as they came, by their metrics; empty for what is not known} */
    Map<String, String> values() {
        return figures("dataset.value");
    }

    /** {@return the pictures of the charts that are shown} */
    List<String> pictures() {
        return strings("return [...document.querySelectorAll('" + SHOWN + " canvas')].map(it => it.toDataURL())");
    }

    /** {@return how many pixels of each chart have the colour of the curve} */
    List<Long> ink() {
        return list("""
                const probe = document.body.appendChild(document.createElement("canvas"));
                const context = probe.getContext("2d");
                document.getElementById("probe").style.color = "var(--accent)";
                context.fillStyle = getComputedStyle(document.getElementById("probe")).color;
                context.fillRect(0, 0, 1, 1);
                const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
                probe.remove();
                return [...document.querySelectorAll("[role=tabpanel]:not([hidden]) canvas")].map(it => {
                  const { data } = it.getContext("2d").getImageData(0, 0, it.width, it.height);
                  let inked = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    inked += data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255 ? 1 : 0;
                  }
                  return inked;
                });
                """);
    }

    /** {@return how many points each chart has that is shown} */
    List<Long> points() {
        return list("return [...document.querySelectorAll('" + SHOWN + " figure')].map(it => +it.dataset.points)");
    }

    /** {@return what a screen reader says of each chart that is shown} */
    List<String> descriptions() {
        return strings("return [...document.querySelectorAll('" + SHOWN + " [role=img]')].map(it => it.ariaLabel)");
    }

    /** {@return rows by caption} */
    Map<String, List<List<String>>> tables() {
        @SuppressWarnings("unchecked") // what the script makes
        Map<String, List<List<String>>> tables = (Map<String, List<List<String>>>) browser.run("""
                return Object.fromEntries([...document.querySelectorAll("[role=tabpanel]:not([hidden]) .table table")].map(it =>
                  [it.caption.textContent,
                   [...it.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))]));
                """);
        return tables;
    }

    /** {@return texts that stand out too little from what is behind them: AA asks for 4.5 to 1} */
    List<String> faint() {
        return strings("""
                const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
                const rgb = (...layers) => {
                  layers.forEach(layer => { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); });
                  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
                };
                const luminance = colour => colour
                  .map(part => part / 255)
                  .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
                const behind = node => {
                  const layers = [];
                  for (let it = node; it; it = it.parentElement) layers.unshift(getComputedStyle(it).backgroundColor);
                  return layers;
                };
                const text = node => [...node.childNodes].filter(it => it.nodeType === 3).map(it => it.data.trim()).join("");
                return [...document.querySelectorAll("body *")]
                  .filter(it => it.checkVisibility() && text(it))
                  .flatMap(it => {
                    const paper = luminance(rgb("#fff", ...behind(it)));
                    const ink = luminance(rgb("#fff", ...behind(it), getComputedStyle(it).color));
                    const ratio = (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
                    return ratio < 4.5 ? [`${text(it)}: ${ratio.toFixed(2)}`] : [];
                  });
                """);
    }

    WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    /** Keeps what can be seen. */
    Path keepPicture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        return Files.write(PICTURES.resolve(name + ".png"), browser.picture());
    }

    private Map<String, String> figures(String property) {
        Map<String, String> figures = new LinkedHashMap<>();
        List<List<String>> pairs = list("return [...document.querySelectorAll('" + SHOWN
                + " [data-metric]')].map(it => [it.dataset.metric, it." + property + "])");
        pairs.forEach(pair -> figures.put(pair.get(0), pair.get(1)));
        return figures;
    }

    /** {@return the list that a script gives} */
    List<String> strings(String script) {
        return list(script);
    }

    @SuppressWarnings("unchecked") // what the script makes
    private <T> List<T> list(String script) {
        return (List<T>) Objects.requireNonNull(browser.run(script));
    }
}
