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
    private final byte[] sampleName;
    private final ConcurrentSkipListMap<byte[], Samples> series = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile byte @Nullable [] textHelp;

    Family(String name, FamilyType type) {
        this.name = name;
        this.type = type;
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

    /** {@return the series that has these labels, if any has} */
    Optional<Samples> find(byte[] labels) {
        return Optional.ofNullable(series.get(labels));
    }

    /** {@return whose the first series is; for messages} */
    Object anyOwner() {
        return series.firstEntry().getValue().owner();
    }

    /** Takes over a description, if there was none. */
    void describe(@Nullable String help) {
        if (textHelp == null && help != null) {
            textHelp = escape(help).getBytes(StandardCharsets.UTF_8);
        }
    }

    void add(Samples samples) {
        series.put(samples.labels(), samples);
    }

    /** Removes this very series; another with the same labels stays. */
    @SuppressWarnings("ReferenceEquality") // not an equal one
    void remove(Samples samples) {
        series.computeIfPresent(samples.labels(), (labels, shown) -> shown == samples ? null : shown);
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The family is named as soon as one of its series has something to show. */
    void visit(SampleVisitor visitor) throws IOException {
        boolean named = false;
        for (Samples shown : series.values()) { // not entrySet(), which makes an object for each
            try {
                if (!named && !shown.isEmpty()) {
                    visitor.family(this);
                    named = true;
                }
                if (named) {
                    shown.visit(visitor);
                }
            } catch (RuntimeException e) {
                log.debug("{}: a function failed, so the page goes on without its lines", name, e);
            }
        }
    }

    private static String escape(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
