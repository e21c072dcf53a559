package io.loom.metrics.prometheus.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The main results as a picture: how many times as long as loom each peer takes, one bar each. An SVG that needs no script. */
final class Chart {
    private static final int LEFT = 250;
    private static final int BARS = 500;
    private static final int WIDTH = LEFT + BARS + 70;
    private static final int TOP = 66;
    private static final int BAR = 14;
    private static final int GAP = 16;

    /** By benchmark, parameters and title. */
    private static final List<Main> MAIN = List.of(
            new Main("CounterHeld", "", "Counter, handle kept"),
            new Main("CounterLookedUp", "strings=identical", "Counter, three labels looked up"),
            new Main("TimerHeld", "", "Timer with 14 buckets, handle kept"),
            new Main("TimerLookedUp", "strings=identical", "Timer, three labels looked up"),
            new Main("HttpEvent", "strings=identical", "A whole HTTP request"),
            new Main("LlmEventLookedUp", "strings=identical", "A whole LLM call, model looked up"),
            new Main("Scrape", "gzip=none, lines=100000", "Scrape of 100,000 lines"));

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #1f2328; }
              .t { font-weight: 600; font-size: 14px; }
              .n { font-size: 11px; fill: #59636e; }
              .p0 { fill: #0969da; } .p1 { fill: #bc4c00; } .p2 { fill: #8250df; }
              .one { stroke: #1a7f37; stroke-width: 1.5; stroke-dasharray: 3 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .n { fill: #9198a1; }
                .p0 { fill: #4493f8; } .p1 { fill: #db6d28; } .p2 { fill: #ab7df8; }
                .one { stroke: #3fb950; }
              }
            </style>""";

    private Chart() {}

    /** {@return the picture; each row is from the first of the results that has it} */
    static String of(List<Results> all) {
        List<Bars> shown = MAIN.stream()
                .flatMap(main -> all.stream()
                        .flatMap(results -> find(results, main).stream())
                        .limit(1)
                        .map(row -> new Bars(main.title(), row)))
                .toList();
        double longest = shown.stream()
                .flatMap(bars -> Tables.PEERS.stream().flatMap(peer -> ratio(bars.row(), peer).stream()))
                .reduce(1.0, Math::max);
        StringBuilder body = new StringBuilder();
        int y = TOP;
        for (Bars bars : shown) {
            y = draw(body, bars, y, longest);
        }
        return frame(body, y, BARS / longest);
    }

    private static Optional<Row> find(Results results, Main main) {
        return results.rows().stream()
                .filter(row -> row.benchmark().equals(main.benchmark())
                        && row.parameters().equals(main.parameters())
                        && row.threads().equals("1"))
                .findFirst();
    }

    private static int draw(StringBuilder body, Bars bars, int top, double longest) {
        int y = top;
        append(body, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 10, y + BAR - 3, bars.title());
        for (int i = 0; i < Tables.PEERS.size(); i++) {
            Optional<Double> ratio = ratio(bars.row(), Tables.PEERS.get(i));
            if (ratio.isPresent()) {
                double width = ratio.get() / longest * BARS;
                append(
                        body,
                        "<rect class=\"p%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                        i,
                        LEFT,
                        y,
                        width,
                        BAR - 2);
                append(
                        body,
                        "<text class=\"n\" x=\"%.1f\" y=\"%d\">%s×</text>%n",
                        LEFT + width + 5,
                        y + BAR - 4,
                        Tables.number(ratio.get()));
                y += BAR;
            }
        }
        return y + GAP;
    }

    private static String frame(StringBuilder body, int height, double unit) {
        StringBuilder svg = new StringBuilder();
        append(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"title\">%n",
                WIDTH,
                height,
                WIDTH,
                height);
        append(svg, "<title id=\"title\">How many times as long as loom the others take, one thread</title>%n");
        append(svg, "%s%n", STYLE);
        append(
                svg,
                "<text class=\"t\" x=\"10\" y=\"22\">How many times as long as loom the others take, one thread (median)</text>%n");
        for (int i = 0; i < Tables.PEERS.size(); i++) {
            int x = LEFT + i * 130;
            append(svg, "<rect class=\"p%d\" x=\"%d\" y=\"36\" width=\"12\" height=\"12\"/>%n", i, x);
            append(
                    svg,
                    "<text x=\"%d\" y=\"46\">%s</text>%n",
                    x + 18,
                    Tables.PEERS.get(i).getValue());
        }
        append(svg, "%s", body);
        append(
                svg,
                "<line class=\"one\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>%n",
                LEFT + unit,
                TOP - 4,
                height - 12);
        append(
                svg,
                "<text class=\"n\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">loom = 1</text>%n",
                LEFT + unit,
                height - 2);
        append(svg, "</svg>%n");
        return svg.toString();
    }

    private static Optional<Double> ratio(Row row, Map.Entry<String, String> peer) {
        Row.Side loom = row.sides().get(Tables.LOOM);
        Row.Side side = row.sides().get(peer.getKey());
        return loom == null || side == null
                ? Optional.empty()
                : Spread.ofRatios(side.scores(), loom.scores()).map(Spread::median);
    }

    private static void append(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format.replace("%n", "\n"), arguments));
    }

    /** A row that the picture has. */
    private record Main(String benchmark, String parameters, String title) {}

    /** A row that was measured. */
    private record Bars(String title, Row row) {}
}
