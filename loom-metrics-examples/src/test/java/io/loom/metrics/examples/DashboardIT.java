package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** The live page in a real browser, on a service that tells figures by the contract of the JSON. */
class DashboardIT {
    private static final List<String> TABS = LiveDashboard.TABS;

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Stage stage = new Stage(() -> directory);

    @BeforeEach
    void asAtFirst() {
        stage.reset();
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void tab_each_drawsFiguresThatMove(String tab) throws Exception {
        stage.page().open(tab);
        List<String> pictures = stage.page().pictures();
        Map<String, String> values = stage.page().values();
        stage.page().keepPicture(tab);

        assertThat(stage.page().ink())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(ink -> assertThat(ink).isGreaterThan(100L));
        assertThat(stage.page().points())
                .allSatisfy(points -> assertThat(points).isGreaterThan(50L));
        Eventually.holds(
                "all charts of " + tab + " move",
                () -> stage.page().pictures().stream().noneMatch(pictures::contains));
        Eventually.passes(() -> assertThat(stage.page().values().entrySet())
                .hasSameSizeAs(values.entrySet())
                .filteredOn(value -> !value.getValue().equals(values.get(value.getKey())))
                .hasSizeGreaterThan(values.size() / 2));
        assertThat(stage.browser().complaints()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void tab_whereAllIsKnown_saysNowhereThatItIsNot(String tab) throws Exception {
        stage.page().open(tab);

        assertThat(stage.page().words()).doesNotContain("no data").doesNotContain("NaN", "undefined", "[object");
        assertThat(stage.page().descriptions())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(words ->
                        assertThat(words).matches(".+ in the last 15 minutes: .+ now, .+ at least, .+ at most"));
        assertThat(stage.page().tables().values())
                .allSatisfy(rows -> assertThat(rows).isNotEmpty());
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void tiles_showWhatTheServiceTold(String tab) throws Exception {
        stage.page().open(tab);
        Map<String, String> values = stage.page().values();

        assertThat(values).hasSizeGreaterThan(10);
        assertThat(stage.service().told().stream().filter(told -> matches(told, values)))
                .as("answers with the figures %s", values)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "15m"})
    void window_chosen_isTheOneThatTilesShow(String window) throws Exception {
        stage.page().open("llm");

        stage.browser()
                .driver()
                .findElement(By.cssSelector("#window [value='" + window + "']"))
                .click();

        Map<String, String> values = stage.page().values();
        assertThat(values)
                .containsKey("llm.requests_per_second." + window)
                .doesNotContainKey("llm.requests_per_second.5m");
        assertThat(stage.service().told()).anyMatch(told -> matches(told, values));
    }

    @Test
    void page_visitedInAllItsTabs_asksOnlyItsOwnHost() throws Exception {
        stage.browser().requests();
        stage.page().open("overview");
        for (String tab : TABS) {
            stage.page().choose(tab);
            assertThat(stage.page().words()).isNotEmpty();
        }

        assertThat(stage.browser().requests())
                .hasSizeGreaterThan(20)
                .filteredOn(address -> !address.equals("about:blank"))
                .allMatch(address -> address.startsWith(stage.service().uri() + "/dashboard")
                        || address.startsWith(stage.service().uri() + "/api/v1/metrics"));
        assertThat((List<?>) stage.browser().run("return performance.getEntriesByType('resource').map(it => it.name)"))
                .isNotEmpty()
                .allMatch(
                        address -> address.toString().startsWith(stage.service().uri() + "/"));
        assertThat(stage.browser().complaints()).isEmpty();
    }

    /** That there are no complaints elsewhere means something only if they are seen. */
    @Test
    void policy_thatIsBroken_isEnforcedAndComplainedAbout() throws Exception {
        stage.page().open("overview");

        stage.browser()
                .run("document.body.setAttribute('style', 'color: red'); fetch('http://127.0.0.2/').catch(() => {});");

        assertThat(stage.browser().run("return getComputedStyle(document.body).color"))
                .isNotEqualTo("rgb(255, 0, 0)");
        List<String> complaints = new ArrayList<>();
        Eventually.holds("both are complained about", () -> {
            complaints.addAll(stage.browser().complaints());
            return complaints.size() >= 2;
        });
        assertThat(complaints)
                .anyMatch(line -> line.contains("style-src"))
                .anyMatch(line -> line.contains("connect-src"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard",
                "/dashboard/",
                DashboardStub.PREFIX + "/dashboard",
                DashboardStub.PREFIX + "/dashboard/"
            })
    void page_underAnyPath_findsItsFilesAndTheJson(String path) throws Exception {
        URI address = stage.service().uri().resolve(path);

        assertThat(new LiveDashboard(stage.browser(), address).open("overview").texts())
                .containsKey("http.requests_total");
        assertThat(stage.browser().complaints()).isEmpty();
    }

    @Test
    void service_thatStops_isSaidToBeGoneAndWhatWasMissedComesLater() throws Exception {
        DashboardStub gone = DashboardStub.start();
        try (gone) {
            LiveDashboard lost = new LiveDashboard(stage.browser(), gone.uri().resolve("/dashboard")).open("overview");
            List<Long> before = lost.points();

            gone.stop();
            lost.awaitState("lost");
            assertThat(lost.status()).matches("No answer since \\d\\d:\\d\\d:\\d\\d; trying again");
            assertThat(lost.texts()).isNotEmpty().doesNotContainValue("no data");
            assertThat(gone.told()).anyMatch(told -> matches(told, lost.values()));
            lost.keepPicture("lost");

            gone.startAgain();
            lost.awaitState("live");
            assertThat(lost.status()).isEqualTo("Live");
            assertThat(lost.points()).allSatisfy(points -> assertThat(points).isGreaterThan(before.get(0)));
            Eventually.holds(
                    "charts have the points of the service, and none that stands for a gap",
                    () -> lost.points().stream().allMatch(points -> points == gone.points()));
        }
    }

    @Test
    void service_thatNeverAnswered_isSaidToBeSo() throws Exception {
        stage.service().mood(DashboardStub.Mood.BUSY);
        stage.page().load("overview");
        stage.page().awaitState("lost");
        assertThat(stage.page().status()).isEqualTo("The service answers 503; trying again");

        stage.service().mood(DashboardStub.Mood.NEWER);
        Eventually.holds("the version is told", () -> stage.page().status().contains("version 2"));
        assertThat(stage.page().status())
                .isEqualTo("The service speaks version 2 and this page 1: reload it; trying again");

        stage.service().mood(DashboardStub.Mood.FINE);
        stage.page().awaitState("live");
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void figures_thatAreNotKnown_areSaidToBeSo(String tab) throws Exception {
        stage.service().mood(DashboardStub.Mood.IGNORANT);
        stage.page().open(tab);

        Map<String, String> texts = stage.page().texts();
        texts.keySet().removeAll(List.of("process.start_time", "build.version", "build.revision"));
        assertThat(texts)
                .isNotEmpty()
                .allSatisfy((metric, text) -> assertThat(text).isEqualTo("no data"));
        assertThat(stage.page().descriptions())
                .allSatisfy(words -> assertThat(words).endsWith(": no data"));
        assertThat(stage.page().tables().values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());
        assertThat(stage.page().words()).doesNotContain("NaN", "undefined", "null", "Infinity");
        stage.page().keepPicture(tab + "-unknown");
        assertThat(stage.browser().complaints()).isEmpty();
    }

    @Test
    void label_thatLooksLikeHtml_isShownAsText() throws Exception {
        stage.page().open("business");

        assertThat(stage.page().tables().get("Genres"))
                .extracting(row -> row.get(0))
                .contains(StubFigures.HOSTILE, "奇幻");
        assertThat(stage.browser().driver().findElements(By.cssSelector("main img")))
                .isEmpty();
        assertThat(stage.browser().complaints()).isEmpty();
    }

    /** An answer has these figures, and nothing else under their names. */
    private static boolean matches(JsonNode told, Map<String, String> values) {
        return values.entrySet().stream()
                .allMatch(value -> same(told.at('/' + value.getKey().replace('.', '/')), value.getValue()));
    }

    private static boolean same(JsonNode told, String shown) {
        return told.isNumber()
                ? told.asDouble() == Double.parseDouble(shown)
                : told.isTextual() && told.asText().equals(shown);
    }
}
