package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;

import io.loom.metrics.prometheus.benchmarks.Row.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a second thread does to loom's lead, as Markdown. Medians differ by chance alone, too; in how many rounds the lead was as large
 * as with one thread hints at whether that is all. Threads of the platform only.
 */
final class SecondThread {
    private static final String ONE = "1";
    private static final String TWO = "2";

    private SecondThread() {}

    /** {@return a line for each of these rows, in which loom is a side, that was measured with one thread and with two} */
    static String of(List<Row> rows) {
        String lines = rows.stream()
                .filter(row -> row.threads().equals(ONE))
                .flatMap(one -> withTwo(one, rows).stream().map(two -> line(one, two)))
                .collect(joining());
        return lines.isEmpty()
                ? ""
                : "| lead with one thread → with two | " + Tables.names() + " |\n|---|---|---|---|\n" + lines;
    }

    private static Optional<Row> withTwo(Row one, List<Row> rows) {
        return rows.stream()
                .filter(row -> row.threads().equals(TWO) && row.title().equals(one.title()))
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

    /** The medians are those of the table of all sides, even where a run was interrupted between one thread and two. */
    private static String change(Map<Integer, Double> leads, Map<Integer, Double> leadsOfTwo) {
        List<Integer> rounds =
                leads.keySet().stream().filter(leadsOfTwo::containsKey).toList();
        if (rounds.isEmpty()) {
            return "–";
        }
        long asLarge = rounds.stream()
                .filter(round -> leadsOfTwo.get(round) >= leads.get(round))
                .count();
        return median(leads) + "× → " + median(leadsOfTwo) + "×, as large in " + asLarge + " of " + rounds.size();
    }

    private static String median(Map<Integer, Double> leads) {
        return Tables.number(Spread.of(leads.values()).median());
    }
}
