package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;

import io.loom.metrics.prometheus.benchmarks.Row.Side;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Results as Markdown. */
final class Tables {
    static final String LOOM = "loom";

    /** The side of {@link RecordingBesideScrapes} that the others are compared with. */
    static final String ALONE = "alone";

    private static final String BESIDE = "RecordingBesideScrapes";

    /** The peers by their methods' names, with the names that they have on the page, in the order of the columns. */
    static final List<Map.Entry<String, String>> PEERS = List.of(
            Map.entry("micrometer", "Micrometer"),
            Map.entry("clientJava", "client_java"),
            Map.entry("openTelemetry", "OpenTelemetry"));

    private static final List<Map.Entry<String, String>> FLOORS = List.of(
            Map.entry("longAdder", "LongAdder"),
            Map.entry("threadLocalCell", "thread-local cell"),
            Map.entry("handWritten", "by hand"),
            Map.entry("unbound", "woven but not bound"));

    private Tables() {}

    static String of(Results results) {
        List<Row> compared = results.rows().stream()
                .filter(row -> row.sides().containsKey(LOOM))
                .toList();
        List<Row> alone =
                results.rows().stream().filter(row -> !compared.contains(row)).toList();
        List<Row> pages = compared.stream()
                .filter(row -> !row.sides().get(LOOM).pageBytes().isEmpty())
                .toList();
        return Stream.of(
                        header(results.header()),
                        compared(compared),
                        SecondThread.of(compared),
                        alone(alone),
                        beside(alone),
                        pages(pages))
                .filter(part -> !part.isEmpty())
                .collect(joining("\n"));
    }

    private static String header(Map<String, String> header) {
        return header.entrySet().stream()
                .map(entry -> "- " + entry.getKey() + ": `" + entry.getValue() + "`\n")
                .collect(joining());
    }

    private static String compared(List<Row> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return "| benchmark | threads | loom | " + names() + " | floors |\n|---|---|---|---|---|---|---|\n"
                + rows.stream().map(Tables::compared).collect(joining());
    }

    private static String compared(Row row) {
        Side loom = row.sides().get(LOOM);
        String peers = PEERS.stream()
                .map(peer -> peer(Optional.ofNullable(row.sides().get(peer.getKey())), loom))
                .collect(joining(" | "));
        String floors = FLOORS.stream()
                .filter(floor -> row.sides().containsKey(floor.getKey()))
                .map(floor -> floor.getValue()
                        + ' '
                        + time(row.sides().get(floor.getKey()))
                        + ratio(row.sides().get(floor.getKey()), loom))
                .collect(joining(", "));
        return "| " + row.title() + " | " + row.threads() + " | " + cost(loom) + " | " + peers + " | "
                + (floors.isEmpty() ? "–" : floors) + " |\n";
    }

    private static String peer(Optional<Side> peer, Side loom) {
        return peer.map(side -> cost(side) + ratio(side, loom)).orElse("–");
    }

    private static String ratio(Side side, Side loom) {
        return Spread.ofRatios(side.scores(), loom.scores())
                .map(ratio -> ", **" + number(ratio.median()) + "×** [" + number(ratio.lowest()) + ", "
                        + number(ratio.highest()) + ']')
                .orElse("");
    }

    private static String alone(List<Row> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return "| measured by itself | threads | median | lowest, highest |\n|---|---|---|---|\n"
                + rows.stream()
                        .flatMap(row -> row.sides().entrySet().stream().map(side -> alone(row, side)))
                        .collect(joining());
    }

    private static String alone(Row row, Map.Entry<String, Side> side) {
        Spread spread = Spread.of(side.getValue().scores().values());
        return "| " + row.title() + ": " + side.getKey() + " | " + row.threads() + " | " + cost(side.getValue()) + " | "
                + number(spread.lowest()) + ", " + number(spread.highest()) + " |\n";
    }

    /** What a scrape beside it adds to a recording, paired by the round. JMH counts the scraper as a thread. */
    private static String beside(List<Row> rows) {
        Map<String, Map<String, Side>> byPage = new TreeMap<>();
        rows.stream()
                .filter(row -> row.benchmark().equals(BESIDE))
                .forEach(row -> byPage.computeIfAbsent(row.parameters(), page -> new TreeMap<>())
                        .putAll(row.sides()));
        String lines = byPage.entrySet().stream()
                .filter(page -> page.getValue().containsKey(ALONE))
                .flatMap(page -> page.getValue().entrySet().stream()
                        .filter(side -> !side.getKey().equals(ALONE))
                        .map(side -> "| " + side.getKey() + (page.getKey().isEmpty() ? "" : ", " + page.getKey())
                                + ratio(side.getValue(), page.getValue().get(ALONE))
                                        .replaceFirst(",", " |") + " |\n"))
                .collect(joining());
        return lines.isEmpty() ? "" : "| recording | against alone |\n|---|---|\n" + lines;
    }

    private static String pages(List<Row> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return "| size of the page | loom | " + names() + " |\n|---|---|---|---|---|\n"
                + rows.stream().map(Tables::pages).collect(joining());
    }

    private static String pages(Row row) {
        return Stream.concat(Stream.of(LOOM), PEERS.stream().map(Map.Entry::getKey))
                .map(side -> Optional.ofNullable(row.sides().get(side))
                        .map(found -> bytes(found.pageBytes(), Spread::median))
                        .orElse("–"))
                .collect(joining(" | ", "| " + row.title() + " | ", " |\n"));
    }

    static String names() {
        return PEERS.stream().map(Map.Entry::getValue).collect(joining(" | "));
    }

    private static String cost(Side side) {
        return side.allocated().isEmpty() ? time(side) : time(side) + ", " + bytes(side.allocated(), Spread::highest);
    }

    private static String time(Side side) {
        return number(Spread.of(side.scores().values()).median()) + ' ' + side.unit();
    }

    private static String bytes(Map<Integer, Double> values, ToDoubleFunction<Spread> which) {
        return values.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%,.0f B", which.applyAsDouble(Spread.of(values.values())));
    }

    /** {@return three digits or so: {@code 1,234}, {@code 123}, {@code 12.3}, {@code 1.23}} */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
