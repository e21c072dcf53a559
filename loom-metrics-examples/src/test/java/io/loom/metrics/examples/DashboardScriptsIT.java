package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the live page, each for itself, in the browser that they are for. */
class DashboardScriptsIT {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Stage stage = new Stage(() -> directory);

    @BeforeAll
    static void start() throws Exception {
        stage.page().open("overview");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    count      | 12345                  | 12,345
                    count      | 0                      | 0
                    rate       | 0                      | 0 /s
                    rate       | 0.00412                | 0.00412 /s
                    rate       | 9.994                  | 9.99 /s
                    rate       | 12.3456                | 12.3 /s
                    rate       | 1234567.8              | 1,234,568 /s
                    seconds    | 0                      | 0 s
                    seconds    | 0.0005                 | 0.5 ms
                    seconds    | 0.84                   | 840 ms
                    seconds    | 0.9996                 | 1 s
                    seconds    | 59.94                  | 59.9 s
                    seconds    | 75                     | 1 min 15 s
                    span       | 4.7                    | 4 s
                    span       | 11530                  | 3 h 12 min
                    span       | 100000                 | 1 d 3 h
                    bytes      | 0                      | 0 B
                    bytes      | 327155712              | 312 MiB
                    bytes      | 3221225472             | 3 GiB
                    ratio      | 0.0123                 | 1.23 %
                    ratio      | 1                      | 100 %
                    complement | 0                      | 100 %
                    complement | 0.00001                | 99.99 %
                    complement | 0.05                   | 95 %
                    usd        | 0                      | $0.00
                    usd        | 0.0042                 | $0.0042
                    usd        | 1234.5                 | $1,234.50
                    usdPerHour | 12                     | $12.00 /h
                    stars      | 4.25                   | 4.25 of 5
                    cores      | 0.31                   | 0.31 cores
                    tokens     | 1500                   | 1,500 tokens/s
                    text       | 'fantasy'              | fantasy
                    instant    | 'never'                | no data
                    rate       | null                   | no data
                    rate       | undefined              | no data
                    rate       | NaN                    | no data
                    bytes      | Infinity               | no data
                    seconds    | '12'                   | no data
                    text       | null                   | no data
                    """, quoteCharacter = '`')
    void figure_ofAnyKind_isShownForPeople(String kind, String value, String shown) {
        assertThat(inModule("format.js", "return it.show('" + kind + "', " + value + ")"))
                .isEqualTo(shown);
    }

    @Test
    void history_thatIsToldAnew_isTakenAsItIs() {
        assertThat(series(
                        "it.add({ step_seconds: 5, times: [100, 105], values: { x: [1, null] } });",
                        "it.add({ step_seconds: 5, times: [100, 105, 110], values: { x: [1, 2, 3] } });"))
                .isEqualTo(List.of(List.of(100L, 105L, 110L), List.of(1L, 2L, 3L)));
    }

    @Test
    void history_ofAServiceThatStartedAnew_followsWhatWasKnownAfterAGap() {
        assertThat(series(
                        "it.add({ step_seconds: 5, times: [100, 105], values: { x: [1, 0] } });",
                        "it.add({ step_seconds: 5, times: [], values: { x: [] } });",
                        "it.add({ step_seconds: 5, times: [132, 137], values: { x: [7, 8] } });",
                        "it.add({ step_seconds: 5, times: [132, 137, 142], values: { x: [7, 8, 9] } });"))
                .isEqualTo(
                        List.of(List.of(100L, 105L, 110L, 132L, 137L, 142L), Arrays.asList(1L, 0L, null, 7L, 8L, 9L)));
    }

    @Test
    void history_thatIsOlderThanAQuarterOfAnHour_isForgotten() {
        assertThat(series(
                        "it.add({ step_seconds: 5, times: [100, 105], values: { x: [1, 2] } });",
                        "it.add({ step_seconds: 5, times: [1000], values: { x: [3] } });"))
                .isEqualTo(List.of(List.of(105L, 110L, 1000L), Arrays.asList(2L, null, 3L)));
    }

    @Test
    void history_withoutASeries_isUnknownThere() {
        assertThat(series("it.add({ step_seconds: 5, times: [100], values: {} });"))
                .isEqualTo(List.of(List.of(100L), Arrays.asList((Object) null)));
    }

    @Test
    void polling_whileThePageIsHidden_rests() {
        Object counts = inModule("poll.js", """
                let count = 0;
                let hidden = false;
                Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
                const tick = () => new Promise(done => setTimeout(done, 1));
                const ticks = async (most, until) => { for (let i = 0; i < most && !until(); i++) await tick(); };
                it.poll(1, async () => { count++; await tick(); });
                await ticks(5000, () => count > 3);
                const before = count;
                hidden = true;
                document.dispatchEvent(new Event("visibilitychange"));
                await ticks(10, () => false);
                const resting = count;
                await ticks(100, () => false);
                const rested = count;
                hidden = false;
                document.dispatchEvent(new Event("visibilitychange"));
                await ticks(5000, () => count > rested + 3);
                const after = count;
                hidden = true; // for good
                return [before > 3, rested - resting, after > rested + 3];
                """);
        stage.page().load("overview");

        assertThat(counts).isEqualTo(List.of(true, 0L, true));
    }

    /** {@return times and values of a series after some steps} */
    private static Object series(String... steps) {
        return inModule(
                "history.js",
                "const make = it; { const it = new make.History(); " + String.join(" ", steps)
                        + " const { times, values } = it.series('x'); return [times, values]; }");
    }

    /** {@return what a script gives that knows a module as {@code it}} */
    private static Object inModule(String module, String script) {
        return stage.browser().await("""
                const done = arguments[arguments.length - 1];
                (async () => {
                  const it = await import("/dashboard/assets/%s");
                  %s
                })().then(done, error => done(String(error)));
                """.formatted(module, script));
    }
}
