package io.loom.metrics;

import org.jspecify.annotations.Nullable;

/**
 * A family of gauges of the caller's own: one name, one series for each combination of label values.
 *
 * <p>Thread-safe. Resolving a known series takes no lock and, for up to four labels, allocates nothing; keep the handle where
 * the values are known beforehand. Values pass the same rules as those of loom's own meters: null and blank become {@code
 * unknown}, long ones are cut, those beyond the label's budget become {@code other}. Nothing here throws.
 */
public final class GaugeFamily {
    private final Labelled<GaugeSeries> series;

    GaugeFamily(Labelled<GaugeSeries> series) {
        this.series = series;
    }

    /** {@return the series of a family without labels} */
    public GaugeSeries with() {
        return series.get();
    }

    /** {@return the series of one label value} */
    public GaugeSeries with(@Nullable String a) {
        return series.get(a);
    }

    /** {@return the series of two label values} */
    public GaugeSeries with(@Nullable String a, @Nullable String b) {
        return series.get(a, b);
    }

    /** {@return the series of three label values} */
    public GaugeSeries with(@Nullable String a, @Nullable String b, @Nullable String c) {
        return series.get(a, b, c);
    }

    /** {@return the series of four label values} */
    public GaugeSeries with(@Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d) {
        return series.get(a, b, c, d);
    }

    /** {@return the series of these label values, in the order of the family's label keys} */
    public GaugeSeries with(@Nullable String... values) {
        return series.getAll(values);
    }
}
