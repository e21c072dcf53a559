package io.loom.metrics.prometheus.api;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes figures as they stand, and how they went in each window. One for each answer; not thread-safe. */
final class FigureWriter {
    private static final int LISTED = 50;
    private static final double SECONDS_PER_HOUR = 3_600;

    private final Json json;
    private final Reading now;
    private final Map<Window, Span> spans = new EnumMap<>(Window.class);

    FigureWriter(Json json, Past past, Reading now) {
        this.json = json;
        this.now = now;
        for (Window window : Window.values()) {
            spans.put(window, past.upTo(now, window));
        }
    }

    /** {@return what writes the rest} */
    Json json() {
        return json;
    }

    Reading now() {
        return now;
    }

    /** {@return those that were busiest in the last 5 minutes, the busiest first, and no more than are listed} */
    List<Subject> busiest(Grouping grouping, Figure counter) {
        Span span = spans.getOrDefault(Window.FIVE, Span.unknown(now));
        return now.subjects(grouping).stream()
                .sorted(Comparator.comparingDouble((Subject subject) -> known(span.rate(counter, subject)))
                        .thenComparingDouble(subject -> known(now.amount(counter, subject)))
                        .reversed()
                        .thenComparing(subject -> subject.values().toString()))
                .limit(LISTED)
                .toList();
    }

    /** Writes who it is. */
    void labels(Subject subject) throws IOException {
        List<String> keys = subject.grouping().keys();
        for (int i = 0; i < keys.size(); i++) {
            json.text(keys.get(i), subject.values().get(i));
        }
    }

    void amount(String name, Figure figure, Subject subject) throws IOException {
        json.number(name, now.amount(figure, subject));
    }

    void perSecond(String name, Figure figure, Subject subject) throws IOException {
        windowed(name, span -> span.rate(figure, subject));
    }

    void perHour(String name, Figure figure, Subject subject) throws IOException {
        windowed(name, span -> SECONDS_PER_HOUR * span.rate(figure, subject));
    }

    void ratio(String name, Figure part, Subject subject, Figure... wholes) throws IOException {
        windowed(name, span -> span.ratio(part, subject, wholes));
    }

    void mean(String name, Figure figure, Subject subject) throws IOException {
        windowed(name, span -> span.mean(figure, subject));
    }

    void windowed(String name, ToDoubleFunction<Span> figure) throws IOException {
        json.beginObject(name);
        for (Map.Entry<Window, Span> span : spans.entrySet()) {
            json.number(span.getKey().label(), figure.applyAsDouble(span.getValue()));
        }
        json.endObject();
    }

    void quantiles(String name, Figure figure, Subject subject) throws IOException {
        json.beginObject(name);
        for (Map.Entry<Window, Span> span : spans.entrySet()) {
            json.beginObject(span.getKey().label());
            json.number("p50", span.getValue().quantile(0.5, figure, subject));
            json.number("p95", span.getValue().quantile(0.95, figure, subject));
            json.number("p99", span.getValue().quantile(0.99, figure, subject));
            json.number("mean", span.getValue().mean(figure, subject));
            json.endObject();
        }
        json.endObject();
    }

    private static double known(double value) {
        return Double.isNaN(value) ? -1 : value;
    }
}
