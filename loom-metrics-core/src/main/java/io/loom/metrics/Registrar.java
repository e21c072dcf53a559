package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesLimit;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.noop.NoopDistributionSummary;
import io.micrometer.core.instrument.noop.NoopTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers meters with the caller's registry. Thread-safe.
 *
 * <p>Nothing here throws: new series appear while events are recorded, and those must not fail. Where the registry refuses a
 * meter, a no-op takes its place and one line is logged; where the stack or the memory ended, one that asks again. Registering
 * takes Micrometer's registration monitor once.
 */
final class Registrar {
    private static final Logger log = LoggerFactory.getLogger(LoomMetrics.class);

    /** Micrometer holds the state of a function counter weakly; this one never goes, and the function holds the true state. */
    private static final Object ALWAYS_THERE = Registrar.class;

    private final MeterRegistry registry;
    private final Budgets budgets;
    private final Map<String, Rejections> rejections = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Readers readers;

    Registrar(MeterRegistry registry, Budgets budgets) {
        this.registry = registry;
        this.budgets = budgets;
        this.readers = new Readers(registry, this::refuse);
    }

    MeterRegistry registry() {
        return registry;
    }

    Clock clock() {
        return registry.config().clock();
    }

    /** {@return where the values of a meter that are not recorded go: one place for all its series} */
    Rejections rejections(MeterSpec spec) {
        return rejections(spec.name());
    }

    Rejections rejections(String meterName) {
        return rejections.computeIfAbsent(meterName, name -> new Rejections(this, name));
    }

    boolean isRegistered(LoomMeter meter) {
        return registeredType(meter.meterName()).isPresent();
    }

    /** {@return the type of the meters that the registry has under this name, if it has any} */
    Optional<Meter.Type> registeredType(String meterName) {
        return registry.find(meterName).meters().stream()
                .map(meter -> meter.getId().getType())
                .findFirst();
    }

    Counter counter(MeterSpec spec, String... values) {
        return orElse(
                spec,
                Meter.Type.COUNTER,
                values,
                () -> Counter.builder(spec.name())
                        .description(spec.help())
                        .baseUnit(spec.baseUnit())
                        .tags(tags(spec, values))
                        .register(registry),
                NoopCounter::new,
                LateMeter::counter);
    }

    Timer timer(MeterSpec spec, String... values) {
        return orElse(
                spec,
                Meter.Type.TIMER,
                values,
                () -> Timer.builder(spec.name())
                        .description(spec.help())
                        .tags(tags(spec, values))
                        .serviceLevelObjectives(spec.buckets().asDurations())
                        .register(registry),
                NoopTimer::new,
                LateMeter::timer);
    }

    DistributionSummary summary(MeterSpec spec, String... values) {
        return orElse(
                spec,
                Meter.Type.DISTRIBUTION_SUMMARY,
                values,
                () -> DistributionSummary.builder(spec.name())
                        .description(spec.help())
                        .baseUnit(spec.baseUnit())
                        .tags(tags(spec, values))
                        .serviceLevelObjectives(spec.buckets().upperBounds())
                        .register(registry),
                NoopDistributionSummary::new,
                LateMeter::summary);
    }

    /** Registers a gauge that holds {@code value} strongly, until {@link #close}. */
    void gauge(MeterSpec spec, DoubleSupplier value, String... values) {
        gauge(spec, value, DoubleSupplier::getAsDouble, values);
    }

    /** Registers a gauge until {@link #close}. The registry sees what it observes. */
    <T> void gauge(MeterSpec spec, T observed, ToDoubleFunction<T> value, String... values) {
        readers.add(
                spec.name(),
                () -> Gauge.builder(spec.name(), observed, value)
                        .strongReference(true)
                        .description(spec.help())
                        .baseUnit(spec.baseUnit())
                        .tags(tags(spec, values))
                        .register(registry));
    }

    /** Registers a gauge of a time that stands still, in seconds, until {@link #close}. */
    void timeGauge(MeterSpec spec, double seconds) {
        readers.add(
                spec.name(),
                () -> TimeGauge.builder(spec.name(), () -> seconds, TimeUnit.SECONDS)
                        .strongReference(true)
                        .description(spec.help())
                        .register(registry));
    }

    /** Registers a counter that holds {@code value} strongly, until {@link #close}. */
    void functionCounter(MeterSpec spec, DoubleSupplier value, String... values) {
        readers.add(
                spec.name(),
                () -> FunctionCounter.builder(spec.name(), ALWAYS_THERE, there -> value.getAsDouble())
                        .description(spec.help())
                        .baseUnit(spec.baseUnit())
                        .tags(tags(spec, values))
                        .register(registry));
    }

    /** Removes what reads this instance's state, so that another instance can take its place; nothing reads it from now on. */
    void close() {
        readers.close();
    }

    /** {@return a table of series behind {@code gates}; its size is a gauge of its own} */
    <S> SeriesTable<S> table(MeterSpec subject, List<LabelGate> gates, SeriesTable.Factory<S> factory) {
        return sized(subject, new SeriesTable<>(gates, budgets.seriesLimit(), factory));
    }

    /** Like {@link #table}, for two labels of which the first has few values, and for {@link SeriesTable#getByLast}. */
    <S> SeriesTable<S> tableByLast(MeterSpec subject, List<LabelGate> gates, SeriesTable.Factory<S> factory) {
        return sized(subject, SeriesTable.byLast(gates, budgets.seriesLimit(), factory));
    }

    private <S> SeriesTable<S> sized(MeterSpec subject, SeriesTable<S> table) {
        gauge(LoomMeter.METRICS_SERIES.spec(), table::size, subject.name());
        return table;
    }

    /** {@return how many series a table may hold} */
    SeriesLimit seriesLimit() {
        return budgets.seriesLimit();
    }

    /** {@return a gate with a value budget for a label of {@code subject}} */
    LabelGate openGate(String subject, String key, UnaryOperator<@Nullable String> normalForm) {
        return openGate(subject, key, normalForm, Set.of());
    }

    /** {@return a gate with a value budget for a label of which some values are known, and cost nothing} */
    LabelGate openGate(LoomMeter subject, Label label, Set<String> known) {
        return openGate(subject.meterName(), label.key(), value -> value, known);
    }

    /** {@return a gate with a value budget for a label that needs no normal form} */
    LabelGate openGate(LoomMeter subject, Label label) {
        return openGate(subject.meterName(), label.key(), value -> value);
    }

    private LabelGate openGate(
            String subject, String key, UnaryOperator<@Nullable String> normalForm, Set<String> known) {
        int limit = budgets.of(subject, key);
        Runnable onOverflow = onOverflow(
                subject,
                key,
                () -> "It may have " + limit + " values, and the meter " + budgets.series()
                        + " combinations. Give it fewer, or raise valueBudget(\"" + subject + "\", \"" + key
                        + "\", n) or seriesLimit(n) where LoomMetrics is built.");
        return LabelGate.open(normalForm, known, limit, onOverflow);
    }

    /** {@return a gate for a label of {@code subject} whose values have passed {@code first}, which is one of another meter} */
    LabelGate sameGate(LabelGate first, LoomMeter subject, Label label) {
        Runnable onFold = onOverflow(
                subject.meterName(),
                label.key(),
                () -> "The meter may have " + budgets.series()
                        + " combinations. Give it fewer, or raise seriesLimit(n) where LoomMetrics is built.");
        return first.ofAnotherTable(onFold);
    }

    private Runnable onOverflow(String meterName, String key, Supplier<String> remedy) {
        Counter overflow = counter(LoomMeter.METRICS_OVERFLOW.spec(), meterName, key);
        return () -> {
            overflow.increment();
            if (!warned.contains(meterName) && warned.add(meterName)) { // adding may lock a bin
                log.warn(
                        "{}: label {} has too many values: new ones become \"other\" and are counted in"
                                + " loom_metrics_overflow_total. {}",
                        meterName,
                        key,
                        remedy.get());
            }
        };
    }

    /** Like {@link #registerOrElse}; where the stack or the memory ends, {@code late} makes one that asks again. */
    private <M extends Meter> M orElse(
            MeterSpec spec,
            Meter.Type type,
            String[] values,
            Supplier<M> register,
            Function<Meter.Id, M> noop,
            BiFunction<Meter.Id, Supplier<M>, M> late) {
        readers.addLate();
        Supplier<Meter.Id> id = () -> new Meter.Id(spec.name(), tags(spec, values), spec.baseUnit(), spec.help(), type);
        Supplier<M> meter = () -> registerOrElse(spec.name(), register, () -> noop.apply(id.get()));
        try {
            return meter.get();
        } catch (VirtualMachineError e) {
            refuse(spec.name(), e);
            return late.apply(id.get(), meter);
        }
    }

    /**
     * {@return the meter that {@code register} gives, or that of {@code noop} where the registry refuses it}
     *
     * @throws VirtualMachineError where the stack or the memory ends: the registry has refused nothing, so ask again
     */
    <M extends Meter> M registerOrElse(String meterName, Supplier<M> register, Supplier<M> noop) {
        try {
            return OwnRegistration.run(register);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // a filter's own
            refuse(meterName, e);
            return noop.get();
        }
    }

    private void refuse(String meterName, Throwable cause) {
        String what = cause instanceof VirtualMachineError
                ? "it could not be registered yet, so it is not recorded until it is"
                : "the registry refused it, so it is not recorded";
        if (refused.add(meterName + ' ' + what)) {
            log.warn("{}: {}: {}", meterName, what, LogText.of(cause));
        }
    }

    private static Tags tags(MeterSpec spec, String... values) {
        List<Tag> tags = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(spec.labelKeys().get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
