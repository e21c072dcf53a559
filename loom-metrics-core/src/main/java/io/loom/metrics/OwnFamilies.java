package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Meter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The caller's own families, one for each name. Thread-safe; making a family fails fast. */
final class OwnFamilies {
    private static final Set<String> CATALOGUED =
            Arrays.stream(LoomMeter.values()).map(LoomMeter::meterName).collect(Collectors.toUnmodifiableSet());

    private final Registrar registrar;
    private final Map<String, Own> byName = new ConcurrentHashMap<>();

    OwnFamilies(Registrar registrar) {
        this.registrar = registrar;
    }

    CounterFamily counter(MeterSpec spec) {
        return family(
                CounterFamily.class,
                spec,
                Meter.Type.COUNTER,
                values -> CounterSeries.register(registrar, spec, values),
                CounterFamily::new);
    }

    TimerFamily timer(MeterSpec spec) {
        return family(
                TimerFamily.class,
                spec,
                Meter.Type.TIMER,
                values -> TimerSeries.register(registrar, spec, values),
                TimerFamily::new);
    }

    SummaryFamily summary(MeterSpec spec) {
        return family(
                SummaryFamily.class,
                spec,
                Meter.Type.DISTRIBUTION_SUMMARY,
                values -> SummarySeries.register(registrar, spec, values),
                SummaryFamily::new);
    }

    GaugeFamily gauge(MeterSpec spec) {
        return family(GaugeFamily.class, spec, Meter.Type.GAUGE, new PublishedGauge(registrar, spec), GaugeFamily::new);
    }

    private <S, F> F family(
            Class<F> kind,
            MeterSpec spec,
            Meter.Type type,
            SeriesTable.Factory<S> factory,
            Function<Labelled<S>, F> wrap) {
        Own known = byName.get(spec.name());
        if (known == null) {
            requireFree(spec, type);
            Labelled<S> series = new Labelled<>(registrar, spec, factory);
            Own fresh = new Own(spec, wrap.apply(series));
            known = byName.putIfAbsent(spec.name(), fresh);
            if (known == null) {
                known = fresh;
                opened(spec, series);
            }
        }
        requireSame(known.spec, spec);
        return kind.cast(known.family);
    }

    /** For the winner of a race only: the loser's series are thrown away. */
    private void opened(MeterSpec spec, Labelled<?> series) {
        registrar.gauge(LoomMeter.METRICS_SERIES.spec(), series::size, spec.name());
        if (spec.labelKeys().isEmpty()) {
            series.get(); // on the page at 0 from now on
        }
    }

    private void requireFree(MeterSpec spec, Meter.Type type) {
        if (CATALOGUED.contains(spec.name())) {
            throw new IllegalArgumentException("meter name must not be one of loom's own: was \"" + spec.name()
                    + "\". Use the typed meter, or another name.");
        }
        boolean isThere = registrar.registeredType(spec.name()).isPresent();
        if (type == Meter.Type.GAUGE && isThere && !byName.containsKey(spec.name())) { // nor a rival's, a moment ago
            throw new IllegalArgumentException(
                    "gauge " + spec.name() + " must be new to the registry: it has one, whose value"
                            + " cannot be set from here. Choose another name.");
        }
        registrar.registeredType(spec.name()).filter(other -> other != type).ifPresent(other -> {
            throw new IllegalArgumentException("meter " + spec.name() + " must be of one type: asked for " + type
                    + ", but the registry has it as " + other + ". Choose another name.");
        });
    }

    private static void requireSame(MeterSpec known, MeterSpec asked) {
        if (!known.equals(asked)) {
            throw new IllegalArgumentException("a family must be made the same way each time: " + asked + " is not "
                    + known + ". Keep the first one, or choose another name.");
        }
    }

    private record Own(MeterSpec spec, Object family) {}

    /** Only the series that all callers share may feed the gauge; a rival's is thrown away. */
    private record PublishedGauge(Registrar registrar, MeterSpec spec) implements SeriesTable.Factory<GaugeSeries> {
        @Override
        public GaugeSeries create(String[] values) {
            return new GaugeSeries();
        }

        @Override
        public void published(GaugeSeries series, String[] values) {
            registrar.gauge(spec, series::value, values);
        }
    }
}
