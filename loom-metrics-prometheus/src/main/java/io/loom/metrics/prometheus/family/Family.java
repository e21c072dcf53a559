package io.loom.metrics.prometheus.family;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
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

    /** What OpenMetrics names the samples by that tell when a series began. */
    private static final String CREATED = "_created";

    private final String name;
    private final FamilyType type;
    private final byte[] sampleName;
    private final byte[][] lineStarts;
    private final SortedSeries series;
    private volatile byte @Nullable [] textHelp;
    private volatile byte @Nullable [] unit;

    @SuppressWarnings("UnusedVariable") // written by any walk, so that peeking cannot be left out
    private long peeked;

    Family(String name, FamilyType type, int leafSize) {
        this.name = name;
        this.type = type;
        this.series = new SortedSeries(leafSize);
        this.sampleName = utf8(name + type.suffix());
        this.lineStarts = type.sampleNames(name).stream()
                .map(sample -> utf8(sample + '{'))
                .toArray(byte[][]::new);
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

    /** {@return what a reader of the page is told, if anything} */
    public @Nullable String help() {
        byte[] encoded = textHelp;
        return encoded == null ? null : unescape(new String(encoded, StandardCharsets.UTF_8));
    }

    /** {@return the encoded unit, if the name ends in one; not to be changed} */
    public byte @Nullable [] unit() {
        return unit;
    }

    /** {@return the encoded name of plain samples; not to be changed} */
    public byte[] sampleName() {
        return sampleName;
    }

    /**
     * {@return the encoded names of all samples, each with a brace behind it: of plain ones, buckets or quantiles, then of counts
     * and of sums; not to be changed}
     */
    public byte[][] lineStarts() {
        return lineStarts;
    }

    /** {@return whether one of these names is its own, or that of one of its samples in any format} */
    boolean hasNameIn(Set<String> names) {
        return names.contains(name)
                || names.contains(name + CREATED)
                || type.sampleNames(name).stream().anyMatch(names::contains);
    }

    /** {@return the series that has these labels, if any has} */
    Optional<Samples> find(byte[] labels) {
        return Optional.ofNullable(series.find(labels));
    }

    /** {@return whose the first series is; for messages} */
    Object anyOwner() {
        Samples any = series.any();
        return any == null ? "nobody" : any.owner();
    }

    /** Takes over a description and a unit, where there was none. */
    void describe(@Nullable String help, @Nullable String newUnit) {
        if (textHelp == null && help != null) {
            textHelp = utf8(escape(help));
        }
        if (unit == null && newUnit != null && !newUnit.isEmpty() && type != FamilyType.INFO) {
            String suffix = LegalName.ofMetric('_' + newUnit);
            unit = name.endsWith(suffix) ? utf8(suffix.substring(1)) : null;
        }
    }

    void add(byte[] labels, Samples samples) {
        series.put(labels, samples);
    }

    /** Removes this very series, which most likely has these labels. */
    void remove(byte[] likely, Samples samples) {
        series.remove(likely, samples);
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The family is named as soon as one of its series has something to show. */
    void visit(Labels labels, SampleVisitor visitor) throws IOException {
        boolean named = false;
        boolean begun = false;
        labels.begin(lineStarts[0]);
        for (Leaf leaf : series.leaves()) {
            peeked = leaf.peek(type);
            int first = begun ? leaf.firstAfter(labels) : 0;
            if (first < leaf.size()) { // else the labels stay those that were shown last
                named = visit(leaf, first, labels, named, visitor);
                begun = true;
            }
        }
    }

    /** Shows a leaf's series from {@code first} on; {@return whether the family's name is on the page} */
    private boolean visit(Leaf leaf, int first, Labels labels, boolean named, SampleVisitor visitor)
            throws IOException {
        boolean onPage = named;
        labels.enter(leaf.labels());
        for (int i = 0; i < leaf.size(); i++) {
            labels.next();
            if (i >= first) {
                onPage = show(leaf.at(i), labels, onPage, visitor);
            }
        }
        return onPage;
    }

    /** Shows a series, behind the family's name; {@return whether that is on the page} */
    private boolean show(Samples shown, Labels labels, boolean named, SampleVisitor visitor) throws IOException {
        boolean onPage = named;
        try {
            if (!onPage && (visitor.seesIdle() || !shown.isEmpty())) {
                visitor.family(this);
                onPage = true;
            }
            if (onPage) {
                Calls.visit(type, shown, labels, visitor);
            }
        } catch (RuntimeException e) {
            log.debug("{}: a function failed, so the page goes on without its lines", name, e);
        }
        return onPage;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String help) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < help.length(); i++) {
            char c = help.charAt(i);
            if (c == '\\') {
                i++;
                c = help.charAt(i) == 'n' ? '\n' : '\\';
            }
            text.append(c);
        }
        return text.toString();
    }
}
