package io.loom.metrics.health;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads sums of the catalogue's counters and gauges from any registry. */
final class Totals {
    private Totals() {}

    /** {@return the sum of a meter's series that {@code which} picks; 0 where there is none} */
    static double of(MeterRegistry registry, LoomMeter meter, Predicate<Meter.Id> which) {
        return registry.find(meter.meterName()).meters().stream()
                .filter(each -> which.test(each.getId()))
                .mapToDouble(Totals::value)
                .sum();
    }

    /** {@return the sums of a meter's series, by what {@code key} says of them} */
    static Map<String, Double> by(Function<Meter.Id, String> key, MeterRegistry registry, LoomMeter meter) {
        return registry.find(meter.meterName()).meters().stream()
                .collect(Collectors.groupingBy(
                        each -> key.apply(each.getId()), Collectors.summingDouble(Totals::value)));
    }

    private static double value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }
}
