package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
    private final Families families = new Families();
    private final Notes notes = new Notes();

    @Test
    void visit_families_areInOrderOfTheirNamesAndSeriesOfTheirLabels() throws IOException {
        families.add("b", FamilyType.GAUGE, null, labels("k", "2"), one());
        families.add("a_b", FamilyType.GAUGE, null, labels(), one());
        families.add("b", FamilyType.GAUGE, null, labels("k", "10"), one());
        families.add("a", FamilyType.COUNTER, null, labels(), one());

        families.visit(notes);

        assertThat(notes.lines())
                .containsExactly("= a", "a_total{} 1", "= a_b", "a_b{} 1", "= b", "b{k=\"10\"} 1", "b{k=\"2\"} 1");
    }

    @Test
    void visit_labelsBeyondAscii_areInOrderOfTheirBytes() throws IOException {
        for (String genre : List.of("é", "奇幻", "z")) {
            families.add("a", FamilyType.GAUGE, null, labels("k", genre), one());
        }

        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"z\"} 1", "a{k=\"é\"} 1", "a{k=\"奇幻\"} 1");
    }

    @Test
    void family_ofTheFirstSeries_namesHelpAndSamples() throws IOException {
        families.add("a", FamilyType.INFO, "one \\ two\nthree \"four\"", labels("k", "1"), one());
        families.add("a", FamilyType.INFO, "ignored", labels("k", "2"), one());

        families.visit(notes);

        Family family = notes.families().get(0);
        assertThat(notes.families()).hasSize(1);
        assertThat(family.name()).isEqualTo("a");
        assertThat(family.type()).isEqualTo(FamilyType.INFO);
        assertThat(family.sampleName()).asString(StandardCharsets.UTF_8).isEqualTo("a_info");
        assertThat(family.textHelp()).asString(StandardCharsets.UTF_8).isEqualTo("one \\\\ two\\nthree \"four\"");
    }

    @Test
    void family_whoseNameEndsInItsUnit_hasTheUnitOfTheFirst() throws IOException {
        families.add("a_seconds", FamilyType.GAUGE, null, null, labels("k", "1"), one());
        families.add("a_seconds", FamilyType.GAUGE, null, "seconds", labels("k", "2"), one());
        families.add("b_per_second", FamilyType.COUNTER, null, "per second", labels(), one());
        families.add("c", FamilyType.GAUGE, null, "seconds", labels(), one());
        families.add("d_seconds", FamilyType.INFO, null, "seconds", labels(), one());
        families.add("e_", FamilyType.GAUGE, null, "", labels(), one());
        families.add("fseconds", FamilyType.GAUGE, null, "seconds", labels(), one());

        families.visit(notes);

        assertThat(notes.families())
                .extracting(family -> family.unit() == null ? null : new String(family.unit(), StandardCharsets.UTF_8))
                .containsExactly("seconds", "per_second", null, null, null, null);
    }

    @Test
    void family_withoutDescription_hasNoHelp() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels(), one());

        families.visit(notes);

        assertThat(notes.families().get(0).textHelp()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "c, c",
        "c_total, c",
        "c_created, c",
        "h, h",
        "h_bucket, h",
        "h_count, h",
        "h_sum, h",
        "h_created, h",
        "s, s",
        "s_count, s",
        "g, g",
        "i, i",
        "i_info, i",
        "h_total, ''",
        "c_total_total, ''",
        "g_count, ''",
        "C, ''",
        "'', ''",
    })
    void named_oneName_showsTheFamilyThatHasItOrASampleOfIt(String name, String shown) throws IOException {
        families.add("c", FamilyType.COUNTER, null, labels(), one());
        families.add("g", FamilyType.GAUGE, null, labels(), one());
        families.add("h", FamilyType.HISTOGRAM, null, labels(), one());
        families.add("i", FamilyType.INFO, null, labels(), one());
        families.add("s", FamilyType.SUMMARY, null, labels(), one());

        families.named(Set.of(name)).visit(notes);

        assertThat(notes.families().stream().map(Family::name).collect(Collectors.joining()))
                .isEqualTo(shown);
    }

    @Test
    void named_severalNames_showThoseInOrderAndWhatComesLater() throws IOException {
        families.add("b", FamilyType.GAUGE, null, labels(), one());
        families.add("c", FamilyType.COUNTER, null, labels(), one());
        Families some = families.named(Set.of("c_total", "a", "c"));
        families.add("a", FamilyType.GAUGE, null, labels(), one());

        some.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{} 1", "= c", "c_total{} 1");
    }

    @Test
    void clash_newNameOrNewLabels_isNone() {
        assertThat(families.clash("a", FamilyType.GAUGE, labels())).isEmpty();

        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "2"))).isEmpty();
        assertThat(families.clash("a", FamilyType.GAUGE, labels("j", "1"))).isEmpty();
    }

    @Test
    void clash_ofTypes_namesBoth() {
        families.add("a", FamilyType.COUNTER, null, labels(), one());

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "1")))
                .contains("family a cannot be GAUGE: it is COUNTER for a test. Rename one of them.");
    }

    @Test
    void clash_ofLabels_saysWhy() {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "1")))
                .contains("family a has the same labels already for a test."
                        + " Rename one of them, or give them different tags.");
    }

    @Test
    void clash_ofSampleNames_namesTheFamilyAndItsOwner() {
        families.add("a", FamilyType.HISTOGRAM, null, labels(), one());

        assertThat(families.clash("a_count", FamilyType.GAUGE, labels()))
                .contains("samples cannot be named a_count: family a of a test names its own so. Rename one of them.");
        assertThat(families.clash("a_counts", FamilyType.GAUGE, labels())).isEmpty();
    }

    @Test
    void clash_ofALabelThatTheFormatAdds_saysWhich() {
        assertThat(families.clash("a", FamilyType.HISTOGRAM, labels("le", "1")))
                .contains("label le must not be on a HISTOGRAM: the format adds its own. Rename the tag.");
        assertThat(families.clash("a", FamilyType.SUMMARY, labels("quantile", "1")))
                .contains("label quantile must not be on a SUMMARY: the format adds its own. Rename the tag.");
        assertThat(families.clash("a", FamilyType.GAUGE, labels("le", "1"))).isEmpty();
        assertThat(families.clash("a", FamilyType.HISTOGRAM, labels("k", "\",le=\"")))
                .isEmpty();
    }

    @Test
    void family_firstWithoutDescription_takesALaterOne() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());
        families.add("a", FamilyType.GAUGE, "later", labels("k", "2"), one());
        families.add("a", FamilyType.GAUGE, "too late", labels("k", "3"), one());

        families.visit(notes);

        assertThat(notes.families().get(0).textHelp())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("later");
    }

    @Test
    void remove_seriesThatWasReplaced_leavesTheNewOne() throws IOException {
        Placed old = families.add("a", FamilyType.GAUGE, null, labels(), one());
        families.remove(labels(), old);
        families.add("a", FamilyType.GAUGE, null, labels(), one());

        families.remove(labels(), old);
        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{} 1");
        assertThat(families.clash("a", FamilyType.COUNTER, labels())).isPresent();
    }

    @Test
    void remove_oneOfTwoSeries_leavesTheOther() throws IOException {
        Placed first = families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());
        families.add("a", FamilyType.GAUGE, null, labels("k", "2"), one());

        families.remove(labels("k", "1"), first);
        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"2\"} 1");
    }

    @Test
    void remove_theLastSeries_removesTheFamilySoThatItsNameIsFreeForAnotherType() throws IOException {
        families.remove(labels(), families.add("a", FamilyType.GAUGE, "gauge", labels(), one()));

        assertThat(families.clash("a", FamilyType.COUNTER, labels())).isEmpty();
        families.add("a", FamilyType.COUNTER, "counter", labels(), one());
        families.visit(notes);
        assertThat(notes.lines()).containsExactly("= a", "a_total{} 1");
        assertThat(notes.families().get(0).textHelp())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("counter");
    }

    @Test
    void remove_twice_doesNothingMore() throws IOException {
        Placed first = families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());
        families.add("a", FamilyType.GAUGE, null, labels("k", "2"), one());

        families.remove(labels("k", "1"), first);
        families.remove(labels("k", "1"), first);
        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"2\"} 1");
    }

    @Test
    void visit_seriesThatAreEmpty_areNoFamilyByThemselves() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), new Empty());
        families.add("b", FamilyType.GAUGE, null, labels("k", "1"), new Empty());
        families.add("b", FamilyType.GAUGE, null, labels("k", "2"), one());

        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= b", "b{k=\"2\"} 1");
    }

    @Test
    void visit_samplesThatThrow_costTheirOwnLinesOnly() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), one());
        families.add("a", FamilyType.GAUGE, null, labels("k", "2"), Shown.of((labels, visitor) -> {
            throw new IllegalStateException("a foreign function");
        }));
        families.add("a", FamilyType.GAUGE, null, labels("k", "3"), one());
        families.add("b", FamilyType.GAUGE, null, labels(), one());

        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"1\"} 1", "a{k=\"3\"} 1", "= b", "b{} 1");
    }

    @Test
    void visit_visitorThatCannotWrite_endsTheWalk() {
        IOException broken = new IOException("broken pipe");
        families.add("a", FamilyType.GAUGE, null, labels(), Shown.of((labels, visitor) -> {
            throw broken;
        }));

        assertThatThrownBy(() -> families.visit(notes)).isSameAs(broken);
    }

    private static byte[] labels(String... namesAndValues) {
        return namesAndValues.length == 0
                ? new byte[0]
                : LabelBlock.encode(List.of(Map.entry(namesAndValues[0], namesAndValues[1])));
    }

    private record Empty() implements Samples {
        @Override
        public Object owner() {
            return "a test";
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) {}
    }

    private static Samples one() {
        return Shown.of((labels, visitor) -> visitor.sample(labels, 1)); // found by its identity
    }
}
