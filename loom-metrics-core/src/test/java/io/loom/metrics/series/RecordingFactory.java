package io.loom.metrics.series;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what was published. */
final class RecordingFactory implements SeriesTable.Factory<Series> {
    final Queue<Series> published = new ConcurrentLinkedQueue<>();
    final Queue<List<String>> publishedValues = new ConcurrentLinkedQueue<>();

    @Override
    public Series create(String[] values) {
        return new Series(values);
    }

    @Override
    public void published(Series series, String[] values) {
        published.add(series);
        publishedValues.add(List.of(values));
    }
}
