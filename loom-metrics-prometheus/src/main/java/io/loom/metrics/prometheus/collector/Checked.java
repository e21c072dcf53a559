package io.loom.metrics.prometheus.collector;

import io.prometheus.metrics.expositionformats.TextFormatUtil;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what a collector gives, family by family, apart from what others give. Names are legal by then: client_java refuses empty
 * ones, and makes underscores of what Prometheus before 3.0 cannot read.
 */
final class Checked {
    private final List<MetricSnapshot> accepted = new ArrayList<>();
    private final List<Collected.Failure> failures = new ArrayList<>();
    private int places;

    private Checked(int seriesLimit) {
        this.places = seriesLimit;
    }

    /** Families of one name and type, with other labels, are one family on the page. */
    static Collected of(MetricSnapshots snapshots, int seriesLimit) {
        MetricSnapshots distinct;
        try {
            distinct = TextFormatUtil.mergeDuplicates(snapshots);
        } catch (IllegalArgumentException e) {
            return Collected.nothing(CollectorFailure.DUPLICATE, e);
        }
        Checked checked = new Checked(seriesLimit);
        distinct.forEach(checked::add);
        return new Collected(checked.accepted, checked.failures);
    }

    private void add(MetricSnapshot snapshot) {
        int series = snapshot.getDataPoints().size();
        if (series > places) {
            failures.add(new Collected.Failure(
                    CollectorFailure.TOO_MANY_SERIES, snapshot.getMetadata().getName()));
        } else {
            places -= series;
            accepted.add(snapshot);
        }
    }
}
