package io.loom.metrics.woven;

import io.loom.metrics.annotation.TagKeys;
import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the meters of one woven method share: where they are, and how their series are told apart. Immutable. */
record Site(Host host, MethodDefinition method) {
    /** {@return the series of one meter, which differ by the values of {@code keys}} */
    <M extends Meter> SeriesTable<M> table(String meterName, List<String> keys, SeriesTable.Factory<M> factory) {
        List<LabelGate> gates = keys.stream().map(key -> gate(meterName, key)).toList();
        return new SeriesTable<>(gates, host.seriesLimit(), factory);
    }

    private LabelGate gate(String meterName, String key) {
        return key.equals(TagKeys.RESULT) ? LabelGate.closed() : host.gate(meterName, key);
    }

    /** {@return all tags of a series; of two with one key the later stands} */
    Tags tags(List<String> extraTags, List<String> keys, String... values) {
        String[] varying = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            varying[2 * i] = keys.get(i);
            varying[2 * i + 1] = values[i];
        }
        return Tags.of(extraTags.toArray(String[]::new))
                .and(TagKeys.CLASS, method.owner(), TagKeys.METHOD, method.method())
                .and(varying);
    }

    /** {@return the series of these values; does not allocate for up to four} */
    static <S> S find(SeriesTable<S> series, @Nullable String... values) {
        return switch (values.length) {
            case 1 -> series.get(values[0]);
            case 2 -> series.get(values[0], values[1]);
            case 3 -> series.get(values[0], values[1], values[2]);
            case 4 -> series.get(values[0], values[1], values[2], values[3]);
            default -> series.getAll(values);
        };
    }
}
