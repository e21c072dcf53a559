package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTest {
    private static final String HEADINGS = "model,from_context_tokens,prompt,completion,cached,cache_write,reasoning\n";

    private static final Pricing PRICES = Pricing.parse("# fictitious\n" + HEADINGS + """
            story-large*,0,2.50,10,1.25,3.125,
            story-large*,200000,5,20,2.50,,

            story-small,0,0.15,0.6,,,0.3
            *-tiny-*,0,0.000001,0.000002,0,0,0
            """);

    /** Computed by hand: the costs are dollars. */
    @ParameterizedTest
    @CsvSource({
        "story-large,        100000,       0,      0,     0,     0,  0.25",
        "story-large,             0, 1000000,      0,     0,     0, 10",
        "story-large,           120,     300,      0,     0,     0,  0.0033",
        "story-large-2026,      120,     300,     20,     0,     0,  0.003275",
        "story-large-2026,      120,     300,     20,    40,     0,  0.0033",
        "story-large,        199999,       1,      0,     0,     0,  0.5000075",
        "story-large,        200000,       1,      0,     0,     0,  1.00002",
        "story-large,        200000,       1, 100000, 50000,     1,  0.75002",
        "story-small,           333,      77,      0,     0,     0,  0.00009615",
        "story-small,           333,      77,    100,    50,    70,  0.00007515",
        "a-tiny-model,            1,       1,      0,     0,     0,  0.000000000003",
        "a-tiny-model,            3,       2,      1,     1,     1,  0.000000000003",
    })
    void cost_ofTwelveCalls_isExact(
            String model, long prompt, long completion, long cached, long written, long reasoning, String usd) {
        Usage usage = new Usage(prompt, completion, cached, written, reasoning);

        long cost = PRICES.of(model).orElseThrow().cost(usage);

        assertThat(BigDecimal.valueOf(cost, 12)).isEqualByComparingTo(usd);
    }

    @Test
    void of_modelThatNoNameFits_isNotPriced() {
        assertThat(PRICES.of("story")).isEmpty();
        assertThat(PRICES.of("story-small-2")).isEmpty();
        assertThat(PRICES.of("my-story-large")).isEmpty();
        assertThat(PRICES.of("")).isEmpty();
        assertThat(PRICES.of(null)).isEmpty();
    }

    @Test
    void of_twoNamesThatFit_isTheFirst() {
        Pricing prices = Pricing.parse(HEADINGS + "a*,0,1,1,,,\n*,0,2,2,,,\n");

        assertThat(prices.of("ab").orElseThrow().cost(Usage.of(1, 0))).isEqualTo(1_000_000);
        assertThat(prices.of("b").orElseThrow().cost(Usage.of(1, 0))).isEqualTo(2_000_000);
    }

    @Test
    void of_nameWithSignsOfRegularExpressions_isTakenAsItStands() {
        Pricing prices = Pricing.parse(HEADINGS + "gpt-4.1(eu)*,0,1,1,,,\n");

        assertThat(prices.of("gpt-4.1(eu)-mini")).isPresent();
        assertThat(prices.of("gpt-4x1(eu)")).isEmpty();
    }

    @Test
    void cost_thatNoLongHolds_saturates() {
        ModelPrice dear =
                Pricing.parse(HEADINGS + "*,0,999999.999999,1,,,\n").of("any").orElseThrow();

        assertThat(dear.cost(Usage.of(1L << 53, 1L << 53))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void read_file_isParsed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("prices.csv"), HEADINGS.strip() + "\r\nstory,0,1,2,,,\r\n");

        assertThat(Pricing.read(file).of("story").orElseThrow().cost(Usage.of(1, 1)))
                .isEqualTo(3_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,0,1,2,,                  | pricing line 2, column 6: must have 7 columns: has 6. They are model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            a,0,1,2,,,,                | pricing line 2, column 7: must have 7 columns: has 8. They are model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            ,0,1,2,,,                  | pricing line 2, column 1 (model): must name a model, without quotes, semicolons, spaces and control characters: was ""
            '"gpt-4",0,1,2,,,'        | pricing line 2, column 1 (model): must name a model, without quotes, semicolons, spaces and control characters: was ""gpt-4""
            gpt-4;0,0,1,2,,,           | pricing line 2, column 1 (model): must name a model, without quotes, semicolons, spaces and control characters: was "gpt-4;0"
            a,few,1,2,,,               | pricing line 2, column 2 (from_context_tokens): must be a whole number, 0 or more: was "few"
            a,-1,1,2,,,                | pricing line 2, column 2 (from_context_tokens): must be a whole number, 0 or more: was "-1"
            a,100,1,2,,,               | pricing line 2, column 2 (from_context_tokens): must be 0 in the first line of a model: was "100"
            a,0,,2,,,                  | pricing line 2, column 3 (prompt): must be dollars for a million tokens, with at most six decimals: was ""
            a,0,1,$2,,,                | pricing line 2, column 4 (completion): must be dollars for a million tokens, with at most six decimals: was "$2"
            a,0,1,2,1e3,,              | pricing line 2, column 5 (cached): must be dollars for a million tokens, with at most six decimals: was "1e3"
            a,0,1,2,,0.1234567,        | pricing line 2, column 6 (cache_write): must be dollars for a million tokens, with at most six decimals: was "0.1234567"
            a,0,1,2,,,-1               | pricing line 2, column 7 (reasoning): must be dollars for a million tokens, with at most six decimals: was "-1"
            """)
    void parse_malformedLine_isRefusedWithLineAndColumn(String line, String message) {
        assertThatThrownBy(() -> Pricing.parse(HEADINGS + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4\u00a0", "gpt\u0001-4", "\ufeffgpt-4", "gpt 4", "gpt-4\u200b"})
    void parse_nameWithWhatCannotBeSeen_isRefused(String name) {
        assertThatThrownBy(() -> Pricing.parse(HEADINGS + name + ",0,1,2,,,"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pricing line 2, column 1 (model): must name a model, without quotes");
    }

    @Test
    void parse_lineThatNoneCouldReach_isRefused() {
        assertThatThrownBy(() -> Pricing.parse(HEADINGS + "gpt-*,0,1,2,,,\ngpt-4*,0,3,4,,,\n"))
                .hasMessage("pricing line 3, column 1 (model): must come before \"gpt-*\", which fits all that it fits:"
                        + " was \"gpt-4*\"");
        assertThat(Pricing.parse(HEADINGS + "gpt-4*,0,3,4,,,\ngpt-*,0,1,2,,,\ngpt-4*,9,5,6,,,\n")
                        .of("gpt-4"))
                .isPresent();
    }

    @Test
    void parse_headingsOnly_isRefused() {
        assertThatThrownBy(() -> Pricing.parse(HEADINGS))
                .hasMessage("pricing must have a line for at least one model: has headings only");
    }

    @Test
    void parse_sameTierTwice_isRefused() {
        assertThatThrownBy(() -> Pricing.parse(HEADINGS + "a,0,1,2,,,\n# again\na,0,1,2,,,"))
                .hasMessage(
                        "pricing line 4, column 2 (from_context_tokens): must differ from the other lines of the model:"
                                + " was \"0\"");
    }

    @Test
    void parse_withoutHeadings_isRefused() {
        assertThatThrownBy(() -> Pricing.parse("# nothing\n\n"))
                .hasMessage(
                        "pricing must begin with a line of headings: was empty. The headings are " + HEADINGS.strip());
        assertThatThrownBy(() -> Pricing.parse("story,0,1,2,,,"))
                .hasMessage("pricing line 1, column 1 (model): must be the heading model: was \"story\"");
    }
}
