package io.loom.metrics.assertj;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;

/** What a registry holds of the catalogue's meters, by the values of their labels. A series that is not there reads 0. */
record Readings(MeterRegistry registry) {
    void requireCount(LoomMeter meter, long expected, String... values) {
        requireAmount(meter, (double) expected, values);
    }

    void requireAmount(LoomMeter meter, double expected, String... values) {
        require(meter, read(meter, Statistic.COUNT, values), expected, values);
    }

    void requireGauge(LoomMeter meter, long expected, String... values) {
        require(meter, read(meter, Statistic.VALUE, values), (double) expected, values);
    }

    void requireSum(LoomMeter meter, double expected) {
        List<String> shown = new ArrayList<>();
        double sum = 0;
        for (Counter counter : registry.find(meter.meterName()).counters()) {
            sum += counter.count();
            if (counter.count() != 0) {
                shown.add(counter.getId().getTags() + " " + counter.count());
            }
        }
        Assertions.assertThat(sum)
                .as("sum of %s, of which %s", meter.meterName(), shown)
                .isEqualTo(expected);
    }

    private static void require(LoomMeter meter, double actual, double expected, String... values) {
        Assertions.assertThat(actual)
                .as("%s%s", meter.meterName(), tags(meter, values))
                .isEqualTo(expected);
    }

    private double read(LoomMeter meter, Statistic statistic, String... values) {
        Meter found = registry.find(meter.meterName()).tags(tags(meter, values)).meter();
        if (found == null) {
            return 0;
        }
        return StreamSupport.stream(found.measure().spliterator(), false)
                .filter(measurement -> measurement.getStatistic() == statistic)
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    private static Tags tags(LoomMeter meter, String... values) {
        List<Tag> tags = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(meter.labels().get(i).key(), values[i]));
        }
        return Tags.of(tags);
    }
}
