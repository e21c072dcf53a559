package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.Pricing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Prices for the simulated models, so that costs are there to see. They are nobody's: bring a list of your own. */
public final class FictitiousPrices {
    /** What the example may spend, in 30 days. Its traffic spends some 62,000 in that time, unless its rate is changed. */
    public static final double BUDGET_USD = 100_000;

    private static final String FILE = "/fictitious-prices.csv";

    private FictitiousPrices() {}

    /** {@return the prices} */
    public static Pricing load() {
        try (InputStream csv = Objects.requireNonNull(FictitiousPrices.class.getResourceAsStream(FILE), FILE)) {
            return Pricing.parse(new String(csv.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is in the jar
        }
    }
}
