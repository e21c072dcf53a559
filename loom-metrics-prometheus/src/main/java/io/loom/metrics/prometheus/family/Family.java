package io.loom.metrics.prometheus.family;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A family and its series, in the order of their encoded labels.
 *
 * <p>Thread-safe and lock-free. A walk is weakly consistent: it shows every series that was there from its beginning to its
 * end, once.
 */
public final class Family {
    private static final Logger log = LoggerFactory.getLogger(Family.class);

    private final String name;
    private final FamilyType type;
    private final byte @Nullable [] textHelp;
    private final byte[] sampleName;
    private final ConcurrentSkipListMap<byte[], Series> series = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    Family(String name, FamilyType type, @Nullable String help) {
        this.name = name;
        this.type = type;
        this.textHelp = help == null ? null : escape(help).getBytes(StandardCharsets.UTF_8);
        this.sampleName = (name + type.suffix()).getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the name, without the suffix that its type adds} */
    public String name() {
        return name;
    }

    /** {@return what the family is} */
    public FamilyType type() {
        return type;
    }

    /** {@return what a reader of the page is told, encoded for the text format 0.0.4, if anything; not to be changed} */
    public byte @Nullable [] textHelp() {
        return textHelp;
    }

    /** {@return the encoded name of plain samples; not to be changed} */
    public byte[] sampleName() {
        return sampleName;
    }

    /** {@return whose series has these labels, if any has} */
    Optional<Object> owner(byte[] labels) {
        return Optional.ofNullable(series.get(labels)).map(shown -> shown.samples.owner());
    }

    /** {@return whose the first series is; for messages} */
    Object anyOwner() {
        return series.firstEntry().getValue().samples.owner();
    }

    void add(byte[] labels, Samples samples) {
        series.put(labels, new Series(labels, samples));
    }

    void remove(byte[] labels, Object owner) {
        series.computeIfPresent(labels, (same, shown) -> shown.samples.owner().equals(owner) ? null : shown);
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    void visit(SampleVisitor visitor) throws IOException {
        visitor.family(this);
        for (Series shown : series.values()) { // not entrySet(), which makes an object for each
            try {
                shown.samples.visit(shown.labels, visitor);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                log.debug("{}: a function failed, so the page goes on without its lines", name, e);
            }
        }
    }

    private static String escape(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Series(byte[] labels, Samples samples) {}
}
