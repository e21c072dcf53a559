package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The live page for all readers: by keyboard, on a phone, in light and dark, without motion, as tables. */
class DashboardReadersIT {
    private static final List<String> TABS = LiveDashboard.TABS;

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Stage stage = new Stage(() -> directory);

    @BeforeEach
    void asAtFirst() {
        stage.reset();
    }

    @Test
    void tabs_byKeyboard_followTheAriaPattern() throws Exception {
        stage.page().open("overview");
        stage.browser().driver().findElement(By.id("theme")).sendKeys(Keys.TAB);

        assertThat(stage.page().focused().getDomAttribute("id")).isEqualTo("tab-overview");
        assertThat(stage.page().focused().getCssValue("outline-style")).isEqualTo("solid");
        press(Keys.ARROW_RIGHT, "llm");
        press(Keys.ARROW_LEFT, "overview");
        press(Keys.ARROW_LEFT, "system");
        press(Keys.ARROW_RIGHT, "overview");
        press(Keys.END, "system");
        press(Keys.HOME, "overview");
        press(Keys.ARROW_RIGHT, "llm");
        stage.page().focused().sendKeys(Keys.TAB);
        assertThat(stage.page().focused().getDomAttribute("id")).isEqualTo("panel-llm");
        stage.page().focused().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
        assertThat(stage.page().focused().getDomAttribute("id")).isEqualTo("tab-llm");
    }

    @Test
    void tab_inTheAddress_isShownAfterReloadingAndWhenItChanges() throws Exception {
        stage.page().open("business");
        assertThat(shown()).containsExactly("panel-business");
        assertThat(stage.browser().driver().getTitle()).isEqualTo("Business insight · Loom live dashboard");

        stage.page().choose("system");
        stage.browser().driver().navigate().refresh();
        stage.page().awaitState("live");
        assertThat(shown()).containsExactly("panel-system");

        stage.browser().run("location.hash = 'llm'");
        Eventually.holds("the address is followed", () -> shown().equals(List.of("panel-llm")));
        stage.browser().run("location.hash = 'none'");
        Eventually.holds("another address is the first tab", () -> shown().equals(List.of("panel-overview")));
    }

    @Test
    void chart_asATable_hasARowForEachMinute() throws Exception {
        stage.page().open("overview");

        stage.browser()
                .driver()
                .findElement(By.cssSelector("[data-series=http_requests_per_second] summary"))
                .click();

        Eventually.holds("the rows are there", () -> !chartRows().isEmpty());
        assertThat(chartRows())
                .hasSizeBetween(5, 8)
                .allSatisfy(row -> assertThat(row).matches("\\d\\d:\\d\\d [\\d.]+ /s"));
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void phone_showsAllWithoutScrollingSideways(String tab) throws Exception {
        stage.browser().screen(375, 740, true);
        stage.page().open(tab);

        assertThat(stage.browser().run("return [innerWidth, document.documentElement.scrollWidth]"))
                .isEqualTo(List.of(375L, 375L));
        assertThat(stage.page().ink())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(ink -> assertThat(ink).isGreaterThan(50L));
        stage.page().keepPicture(tab + "-phone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void colours_ofEitherKind_areReadable(String scheme) throws Exception {
        stage.browser().media("prefers-color-scheme", scheme);
        stage.page().open("overview");

        for (String tab : TABS) {
            stage.page().choose(tab);
            assertThat(stage.page().faint()).as(tab).isEmpty();
        }
        stage.page().choose("overview");
        stage.page().keepPicture("overview-" + scheme);
    }

    @Test
    void colours_followTheSystemUntilTheReaderChooses() throws Exception {
        stage.page().open("overview");
        String light = paper();
        List<String> pictures = stage.page().pictures();

        stage.browser().media("prefers-color-scheme", "dark");
        String dark = paper();
        assertThat(dark).isNotEqualTo(light);
        Eventually.holds(
                "the page hears of it", () -> stage.page().text("theme").equals("Light colours"));
        assertThat(stage.page().pictures()).doesNotContainAnyElementsOf(pictures);

        stage.browser().driver().findElement(By.id("theme")).click();
        assertThat(paper()).isEqualTo(light);
        stage.browser().driver().navigate().refresh();
        stage.page().awaitState("live");
        assertThat(paper()).isEqualTo(light);
        assertThat(stage.page().text("theme")).isEqualTo("Dark colours");
    }

    @Test
    void motion_ofWhoWantsNone_isNone() throws Exception {
        stage.page().open("overview");
        assertThat(transition()).isNotEqualTo("0s");

        stage.browser().media("prefers-reduced-motion", "reduce");

        assertThat(transition()).isEqualTo("0s");
    }

    /** To renew the picture of the document: LOOM_DOCS=write. */
    @Test
    void picture_ofTheDocument_isSmall() throws Exception {
        Path document = Path.of(System.getProperty("loom.root"), "docs", "dashboard.png");
        if ("write".equals(System.getenv("LOOM_DOCS"))) {
            stage.browser().screen(1280, 1100, false);
            try (DashboardStub old = DashboardStub.start(Duration.ofMinutes(20))) {
                LiveDashboard whole =
                        new LiveDashboard(stage.browser(), old.uri().resolve("/dashboard")).open("overview");
                Files.write(document, SmallPicture.of(Files.readAllBytes(whole.keepPicture("document"))));
            }
        }

        assertThat(document).exists();
        assertThat(Files.size(document)).isLessThan(150_000);
    }

    private static void press(Keys key, String tab) {
        stage.page().focused().sendKeys(key);
        assertThat(stage.page().focused().getDomAttribute("id")).isEqualTo("tab-" + tab);
        assertThat(stage.page().focused().getDomAttribute("aria-selected")).isEqualTo("true");
        assertThat(stage.browser()
                        .run("return [...document.querySelectorAll('[role=tab][tabindex=\"0\"]')].map(it => it.id)"))
                .isEqualTo(List.of("tab-" + tab));
        assertThat(shown()).containsExactly("panel-" + tab);
        assertThat(stage.browser().run("return location.hash")).isEqualTo("#" + tab);
    }

    private static List<String> shown() {
        return stage.page()
                .strings("return [...document.querySelectorAll('[role=tabpanel]:not([hidden])')].map(it => it.id)");
    }

    private static List<String> chartRows() {
        return stage
                .browser()
                .driver()
                .findElements(By.cssSelector("[data-series=http_requests_per_second] tbody tr"))
                .stream()
                .map(WebElement::getText)
                .toList();
    }

    private static String paper() {
        return (String) stage.browser().run("return getComputedStyle(document.body).backgroundColor");
    }

    private static String transition() {
        return stage.browser().driver().findElement(By.id("theme")).getCssValue("transition-duration");
    }
}
