package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;

import io.loom.metrics.prometheus.benchmarks.Row.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a second thread does to loom's lead, as Markdown. The medians of few rounds differ by chance alone; in how many rounds the lead
 * was as large as with one thread says whether they do.
 */
final class SecondThread {
    private static final String ONE = "1";
    private static final String TWO = "2";

    private SecondThread() {}

    /** {@return a line for each row that has the same with one thread and with two} */
    static String of(List<Row> rows) {
        String lines = rows.stream()
                .filter(row -> row.threads().equals(ONE))
                .flatMap(one -> with(TWO, one, rows).stream().map(two -> line(one, two)))
                .collect(joining());
        return lines.isEmpty()
                ? ""
                : "| lead with one thread → with two | " + Tables.names() + " |\n|---|---|---|---|\n" + lines;
    }

    private static Optional<Row> with(String threads, Row one, List<Row> rows) {
        return rows.stream()
                .filter(row -> row.threads().equals(threads) && row.title().equals(one.title()))
                .findFirst();
    }

    private static String line(Row one, Row two) {
        return Tables.PEERS.stream()
                .map(peer -> change(leads(one, peer.getKey()), leads(two, peer.getKey())))
                .collect(joining(" | ", "| " + one.title() + " | ", " |\n"));
    }

    private static Map<Integer, Double> leads(Row row, String peer) {
        Side side = row.sides().get(peer);
        return side == null
                ? Map.of()
                : Spread.ratios(side.scores(), row.sides().get(Tables.LOOM).scores());
    }

    private static String change(Map<Integer, Double> one, Map<Integer, Double> two) {
        List<Integer> rounds = one.keySet().stream().filter(two::containsKey).toList();
        if (rounds.isEmpty()) {
            return "–";
        }
        long asLarge = rounds.stream()
                .filter(round -> two.get(round) >= one.get(round))
                .count();
        return median(one) + "× → " + median(two) + "×, as large in " + asLarge + " of " + rounds.size();
    }

    private static String median(Map<Integer, Double> leads) {
        return Tables.number(Spread.of(leads.values()).median());
    }
}
