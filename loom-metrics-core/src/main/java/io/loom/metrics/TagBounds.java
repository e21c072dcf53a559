package io.loom.metrics;

import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the tags of meters that are registered with Micrometer directly as those of loom's own are bounded: every tag is an
 * open label. Loom's own meters pass, whatever filters before this one made of their names. Thread-safe.
 *
 * <p>Only meters that add up what is recorded are bounded: of gauges and custom meters that became one, all but the first would
 * be lost. A filter cannot tell function counters and function timers from counters and timers, so it bounds them too.
 *
 * <p>It bounds the meters, and so the page. Micrometer itself remembers every id that it was ever asked for.
 */
final class TagBounds implements MeterFilter {
    private final Registrar registrar;
    private final Map<Key, SeriesTable<Tags>> tables = new ConcurrentHashMap<>();

    TagBounds(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        List<Tag> tags = id.getTags();
        if (tags.isEmpty() || !addsUp(id.getType()) || OwnRegistration.isUnderWay()) {
            return id;
        }
        Key key = new Key(id.getName(), tags.stream().map(Tag::getKey).toList());
        SeriesTable<Tags> table = tables.get(key);
        if (table == null) {
            SeriesTable<Tags> fresh = table(key);
            SeriesTable<Tags> rival = tables.putIfAbsent(key, fresh);
            table = rival == null ? fresh : rival;
        }
        return id.replaceTags(table.getAll(tags.stream().map(Tag::getValue).toArray(String[]::new)));
    }

    private static boolean addsUp(Meter.Type type) {
        return switch (type) {
            case COUNTER, TIMER, DISTRIBUTION_SUMMARY, LONG_TASK_TIMER -> true;
            case GAUGE, OTHER -> false;
        };
    }

    private SeriesTable<Tags> table(Key key) {
        List<LabelGate> gates = key.tagKeys.stream()
                .map(tagKey -> registrar.openGate(key.meterName, tagKey, value -> value))
                .toList();
        return new SeriesTable<>(gates, registrar.seriesLimit(), values -> tags(key.tagKeys, values));
    }

    private static Tags tags(List<String> keys, String[] values) {
        String[] pairs = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            pairs[2 * i] = keys.get(i);
            pairs[2 * i + 1] = values[i];
        }
        return Tags.of(pairs);
    }

    private record Key(String meterName, List<String> tagKeys) {}
}
