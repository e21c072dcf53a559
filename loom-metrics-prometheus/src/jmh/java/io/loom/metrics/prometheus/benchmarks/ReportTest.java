package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String RESULT = """
            {"benchmark": "a.b.CounterHeld.%s", "threads": 1, "round": %d,
             "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[%s]]},
             "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %d}}}""";

    @Test
    void tables_twoRounds_pairThemAndShowTheInterval() throws IOException {
        Results results = results(
                RESULT.formatted("loom", 1, "1.9, 2.0, 9.0", 0),
                RESULT.formatted("loom", 2, "4.0", 0),
                RESULT.formatted("micrometer", 1, "6.0", 208),
                RESULT.formatted("micrometer", 2, "16.0", 208),
                RESULT.formatted("longAdder", 1, "1.0", 0));

        assertThat(Tables.of(results).lines())
                .contains("- machine: `a machine`")
                .endsWith(
                        "| counter held | 1 | 3.00 ns, 0 B | 11.0 ns, 208 B, **3.50×** [3.00, 4.00] | – | – | LongAdder 1.00 ns, **0.50×** [0.50, 0.50] |");
    }

    @Test
    void tables_ofOneThreadAndTwo_sayInHowManyRoundsTheLeadIsAsLarge() throws IOException {
        String two = RESULT.replace("\"threads\": 1", "\"threads\": 2");
        Results results = results(
                RESULT.formatted("loom", 1, "2.0", 0),
                RESULT.formatted("loom", 2, "4.0", 0),
                RESULT.formatted("micrometer", 1, "6.0", 0),
                RESULT.formatted("clientJava", 1, "12.0", 0),
                RESULT.formatted("clientJava", 2, "16.0", 0),
                two.formatted("loom", 1, "4.0", 0),
                two.formatted("loom", 2, "2.0", 0),
                two.formatted("loom", 3, "2.0", 0),
                two.formatted("clientJava", 1, "12.0", 0),
                two.formatted("clientJava", 2, "8.0", 0),
                two.formatted("clientJava", 3, "18.0", 0));

        assertThat(Tables.of(results).lines())
                .containsSequence(
                        "| lead with one thread → with two | Micrometer | client_java | OpenTelemetry |",
                        "|---|---|---|---|",
                        "| counter held | – | 5.00× → 4.00×, as large in 1 of 2 | – |");
    }

    @Test
    void tables_ofOneThreadOnly_haveNoLeadsOfTwo() throws IOException {
        Results results = results(RESULT.formatted("loom", 1, "1.0", 0), RESULT.formatted("clientJava", 1, "6.0", 0));

        assertThat(Tables.of(results)).doesNotContain("→");
    }

    @Test
    void tables_recordingBesideScrapesOfSomeSizes_isComparedWithItAloneForEach() throws IOException {
        String sized = RESULT.replace("\"threads\"", "\"params\": {\"lines\": \"%s\"}, \"threads\"");
        Results results = results(
                sized.formatted("alone", "10", 1, "50", 0).replace("CounterHeld", "RecordingBesideScrapes"),
                sized.formatted("alone", "99", 1, "10", 0).replace("CounterHeld", "RecordingBesideScrapes"),
                sized.formatted("beside", "10", 1, "60", 0).replace("CounterHeld", "RecordingBesideScrapes"),
                sized.formatted("beside", "99", 1, "30", 0).replace("CounterHeld", "RecordingBesideScrapes"));

        assertThat(Tables.of(results).lines())
                .endsWith(
                        "| beside, lines=10 | **1.20×** [1.20, 1.20] |",
                        "| beside, lines=99 | **3.00×** [3.00, 3.00] |");
    }

    @Test
    void tables_pagesThatTwoThreadsScraped_areAsLongAsOne() throws IOException {
        String scraped = RESULT.replace("\"threads\": 1", "\"threads\": 2")
                .replace(
                        "\"secondaryMetrics\": {",
                        "\"secondaryMetrics\": {\"pageBytes\": {\"rawData\": [[2468, 2468]]}, ");

        assertThat(Tables.of(results(scraped.formatted("loom", 1, "5.0", 0))).lines())
                .anyMatch(line -> line.contains(" 1,234 B "));
    }

    @Test
    void tables_recordingBesideScrapes_isComparedWithItAlone() throws IOException {
        String beside = """
                {"benchmark": "a.b.RecordingBesideScrapes.beside", "threads": 2, "round": 1,
                 "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[900]]},
                 "secondaryMetrics": {"recorder": {"scoreUnit": "ns/op", "rawData": [[55]]},
                                      "gc.alloc.rate.norm": {"score": 4}}}""";
        Results results = results(
                RESULT.formatted("loom", 1, "50", 0).replace("CounterHeld.loom", "RecordingBesideScrapes.alone"),
                beside);

        assertThat(Tables.of(results).lines())
                .contains(
                        "| recording beside scrapes: beside | 2 | 55.0 ns | 55.0, 55.0 |",
                        "| beside | **1.10×** [1.10, 1.10] |");
    }

    @Test
    void tables_recordingBesideScrapesByTurns_comparesTheTurnsOfAJvm() throws IOException {
        String turns = """
                {"benchmark": "a.b.RecordingBesideScrapes.turns", "threads": 2, "round": %d,
                 "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9000]]},
                 "secondaryMetrics": {"recorder": {"scoreUnit": "ns/op", "rawData": [[7000]]},
                                      "alone": {"scoreUnit": "#", "rawData": [[%s]]},
                                      "beside": {"scoreUnit": "#", "rawData": [[%s]]},
                                      "besideAnother": {"scoreUnit": "#", "rawData": [[%s]]},
                                      "gc.alloc.rate.norm": {"score": 4}}}""";
        Results results = results(
                turns.formatted(1, "20, 50, 90", "22, 80, 99", "24, 60, 72"), turns.formatted(2, "100", "130", "90"));

        assertThat(Tables.of(results).lines())
                .contains("| recording beside scrapes: alone | 2 | 75.0 ns | 50.0, 100 |")
                .endsWith("| beside | **1.20×** [1.10, 1.30] |", "| besideAnother | **1.05×** [0.90, 1.20] |")
                .noneMatch(line -> line.contains("turns"));
    }

    @Test
    void chart_ofOneRow_hasItsRatioAsText() throws IOException {
        Results results = results(RESULT.formatted("loom", 1, "2.0", 0), RESULT.formatted("clientJava", 1, "5.0", 0));

        assertThat(Chart.of(List.of(results)))
                .contains(">Counter, handle kept<", ">2.50×<")
                .doesNotContain("<script");
    }

    @Test
    void chart_ofTwoFiles_hasEachRowFromTheFirstThatHasIt() throws IOException {
        Results timers = results(
                RESULT.formatted("loom", 1, "1.0", 0).replace("CounterHeld", "TimerHeld"),
                RESULT.formatted("clientJava", 1, "3.0", 0).replace("CounterHeld", "TimerHeld"));
        Results counters = results(RESULT.formatted("loom", 1, "2.0", 0), RESULT.formatted("clientJava", 1, "5.0", 0));
        Results later = results(RESULT.formatted("loom", 1, "2.0", 0), RESULT.formatted("clientJava", 1, "8.0", 0));

        assertThat(Chart.of(List.of(timers, counters, later)))
                .contains(">3.00×<", ">2.50×<")
                .doesNotContain(">4.00×<");
    }

    @Test
    void section_ofAFile_isNamedAfterItAndLinksToIt() throws IOException {
        assertThat(Report.section(Path.of("benchmarks", "jdk17.json"), results()))
                .startsWith("### [jdk17.json](benchmarks/jdk17.json)\n\n- machine: `a machine`\n");
    }

    @Test
    void between_markers_replacesWhatWasThere() {
        String page = "a\n" + Report.BEGIN + "\nold\n" + Report.END + "\nz\n";

        assertThat(Report.between(page, "new\n"))
                .isEqualTo("a\n" + Report.BEGIN + "\n\nnew\n\n" + Report.END + "\nz\n");
    }

    @Test
    void between_withoutMarkers_saysWhatIsMissing() {
        assertThatThrownBy(() -> Report.between("a page", "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "benchmarks.md must have the lines <!-- results:begin --> and <!-- results:end -->, in this order");
    }

    @Test
    void results_ofAnotherFile_saysWhatIsMissing() {
        assertThatThrownBy(() -> Results.of(new ObjectMapper().readTree("[]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a file of results must have an array \"results\": this has none. Benchmarks writes one.");
    }

    private static Results results(String... results) throws IOException {
        return Results.of(new ObjectMapper()
                .readTree("{\"machine\": \"a machine\", \"results\": [" + String.join(",", results) + "]}"));
    }
}
