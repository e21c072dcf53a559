package io.loom.metrics.llm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the lines of a list of prices. */
final class PriceLines {
    private static final List<String> COLUMNS =
            List.of("model", "from_context_tokens", "prompt", "completion", "cached", "cache_write", "reasoning");

    private static final int MODEL = 0;
    private static final int FROM = 1;
    private static final int PROMPT = 2;
    private static final int COMPLETION = 3;
    private static final int CACHED = 4;
    private static final int CACHE_WRITE = 5;
    private static final int REASONING = 6;

    /** The separators and quotes of other kinds of lists, and what cannot be seen, would make a name that fits no model. */
    private static final Pattern NAME = Pattern.compile("[^\"';\\p{Z}\\p{C}]+");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
    private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,6})?");

    /** A dollar for a million tokens is a million trillionths for each. */
    private static final int DECIMALS = 6;

    private final int number;
    private final String[] cells;

    private PriceLines(int number, String text) {
        this.number = number;
        this.cells = text.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
    }

    /** A line: the model's name as it stands there, and the prices. */
    record Line(String model, PriceTier tier) {}

    static List<Line> parse(String csv) {
        List<PriceLines> rows = rows(csv);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("pricing must begin with a line of headings: was empty. "
                    + "The headings are " + String.join(",", COLUMNS));
        }
        rows.get(0).requireHeadings();
        if (rows.size() == 1) {
            throw new IllegalArgumentException("pricing must have a line for at least one model: has headings only");
        }
        List<Line> lines = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        Set<String> models = new LinkedHashSet<>();
        for (PriceLines row : rows.subList(1, rows.size())) {
            Line line = row.line();
            if (!models.contains(line.model)) {
                row.requireFirst(line, models);
                models.add(line.model);
            }
            if (!seen.add(List.of(line.model, line.tier.fromContextTokens()))) {
                throw row.malformed(FROM, "must differ from the other lines of the model");
            }
            lines.add(line);
        }
        return lines;
    }

    /** A model's first line: nothing above it takes its models away. */
    private void requireFirst(Line line, Set<String> modelsAbove) {
        if (line.tier.fromContextTokens() != 0) {
            throw malformed(FROM, "must be 0 in the first line of a model");
        }
        for (String above : modelsAbove) {
            if (Pricing.pattern(above).matcher(line.model).matches()) { // its * then stands for the other's, too
                throw malformed(MODEL, "must come before \"" + above + "\", which fits all that it fits");
            }
        }
    }

    private static List<PriceLines> rows(String csv) {
        List<PriceLines> rows = new ArrayList<>();
        int number = 0;
        for (String text : csv.split("\\R", -1)) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                rows.add(new PriceLines(number, text));
            }
        }
        return rows;
    }

    private void requireHeadings() {
        requireWidth();
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].equals(COLUMNS.get(i))) {
                throw malformed(i, "must be the heading " + COLUMNS.get(i));
            }
        }
    }

    private Line line() {
        requireWidth();
        if (!NAME.matcher(cells[MODEL]).matches()) {
            throw malformed(MODEL, "must name a model, without quotes, semicolons, spaces and control characters");
        }
        if (!WHOLE.matcher(cells[FROM]).matches()) {
            throw malformed(FROM, "must be a whole number, 0 or more");
        }
        long prompt = price(PROMPT);
        long completion = price(COMPLETION);
        return new Line(
                cells[MODEL],
                new PriceTier(
                        Long.parseLong(cells[FROM]),
                        prompt,
                        completion,
                        priceOr(CACHED, prompt),
                        priceOr(CACHE_WRITE, prompt),
                        priceOr(REASONING, completion)));
    }

    private long priceOr(int column, long otherwise) {
        return cells[column].isEmpty() ? otherwise : price(column);
    }

    private long price(int column) {
        if (!PRICE.matcher(cells[column]).matches()) {
            throw malformed(column, "must be dollars for a million tokens, with at most six decimals");
        }
        return new BigDecimal(cells[column]).movePointRight(DECIMALS).longValueExact();
    }

    private void requireWidth() {
        if (cells.length != COLUMNS.size()) {
            throw new IllegalArgumentException(
                    "pricing line " + number + ", column " + Math.min(cells.length, COLUMNS.size())
                            + ": must have " + COLUMNS.size() + " columns: has " + cells.length + ". They are "
                            + String.join(",", COLUMNS));
        }
    }

    private IllegalArgumentException malformed(int column, String rule) {
        return new IllegalArgumentException("pricing line " + number + ", column " + (column + 1) + " ("
                + COLUMNS.get(column) + "): " + rule + ": was \"" + cells[column] + '"');
    }
}
