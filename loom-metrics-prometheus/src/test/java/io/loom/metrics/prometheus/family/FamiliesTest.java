package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final Samples ONE = (labels, visitor) -> visitor.sample(labels, 1);

    private final Families families = new Families();
    private final Notes notes = new Notes();

    @Test
    void visit_families_areInOrderOfTheirNamesAndSeriesOfTheirLabels() throws IOException {
        families.add("b", FamilyType.GAUGE, null, labels("k", "2"), ONE);
        families.add("a_b", FamilyType.GAUGE, null, labels(), ONE);
        families.add("b", FamilyType.GAUGE, null, labels("k", "10"), ONE);
        families.add("a", FamilyType.COUNTER, null, labels(), ONE);

        families.visit(notes);

        assertThat(notes.lines())
                .containsExactly("= a", "a_total{} 1", "= a_b", "a_b{} 1", "= b", "b{k=\"10\"} 1", "b{k=\"2\"} 1");
    }

    @Test
    void visit_labelsBeyondAscii_areInOrderOfTheirBytes() throws IOException {
        for (String genre : List.of("é", "奇幻", "z")) {
            families.add("a", FamilyType.GAUGE, null, labels("k", genre), ONE);
        }

        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"z\"} 1", "a{k=\"é\"} 1", "a{k=\"奇幻\"} 1");
    }

    @Test
    void family_ofTheFirstSeries_namesHelpAndSamples() throws IOException {
        families.add("a", FamilyType.INFO, "one \\ two\nthree \"four\"", labels("k", "1"), ONE);
        families.add("a", FamilyType.INFO, "ignored", labels("k", "2"), ONE);

        families.visit(notes);

        Family family = notes.families().get(0);
        assertThat(notes.families()).hasSize(1);
        assertThat(family.name()).isEqualTo("a");
        assertThat(family.type()).isEqualTo(FamilyType.INFO);
        assertThat(family.sampleName()).asString(StandardCharsets.UTF_8).isEqualTo("a_info");
        assertThat(family.textHelp()).asString(StandardCharsets.UTF_8).isEqualTo("one \\\\ two\\nthree \"four\"");
    }

    @Test
    void family_withoutDescription_hasNoHelp() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels(), ONE);

        families.visit(notes);

        assertThat(notes.families().get(0).textHelp()).isNull();
    }

    @Test
    void clash_newNameOrNewLabels_isNone() {
        assertThat(families.clash("a", FamilyType.GAUGE, labels())).isEmpty();

        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), ONE);

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "2"))).isEmpty();
        assertThat(families.clash("a", FamilyType.GAUGE, labels("j", "1"))).isEmpty();
    }

    @Test
    void clash_ofTypes_namesBoth() {
        families.add("a", FamilyType.COUNTER, null, labels(), ONE);

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "1")))
                .contains("family a is a COUNTER already and cannot be a GAUGE too");
    }

    @Test
    void clash_ofLabels_saysWhy() {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), ONE);

        assertThat(families.clash("a", FamilyType.GAUGE, labels("k", "1")))
                .contains("family a has a series with these labels already:"
                        + " another meter's name and tags are written the same");
    }

    @Test
    void remove_oneOfTwoSeries_leavesTheOther() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), ONE);
        families.add("a", FamilyType.GAUGE, null, labels("k", "2"), ONE);

        families.remove("a", labels("k", "1"));
        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"2\"} 1");
    }

    @Test
    void remove_theLastSeries_removesTheFamilySoThatItsNameIsFreeForAnotherType() throws IOException {
        families.add("a", FamilyType.GAUGE, "gauge", labels(), ONE);

        families.remove("a", labels());

        assertThat(families.clash("a", FamilyType.COUNTER, labels())).isEmpty();
        families.add("a", FamilyType.COUNTER, "counter", labels(), ONE);
        families.visit(notes);
        assertThat(notes.lines()).containsExactly("= a", "a_total{} 1");
        assertThat(notes.families().get(0).textHelp())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("counter");
    }

    @Test
    void remove_whatIsNotThere_doesNothing() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), ONE);

        families.remove("b", labels());
        families.remove("a", labels("k", "2"));
        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"1\"} 1");
    }

    @Test
    void visit_samplesThatThrow_costTheirOwnLinesOnly() throws IOException {
        families.add("a", FamilyType.GAUGE, null, labels("k", "1"), ONE);
        families.add("a", FamilyType.GAUGE, null, labels("k", "2"), (labels, visitor) -> {
            throw new IllegalStateException("a foreign function");
        });
        families.add("a", FamilyType.GAUGE, null, labels("k", "3"), ONE);
        families.add("b", FamilyType.GAUGE, null, labels(), ONE);

        families.visit(notes);

        assertThat(notes.lines()).containsExactly("= a", "a{k=\"1\"} 1", "a{k=\"3\"} 1", "= b", "b{} 1");
    }

    @Test
    void visit_visitorThatCannotWrite_endsTheWalk() {
        IOException broken = new IOException("broken pipe");
        families.add("a", FamilyType.GAUGE, null, labels(), (labels, visitor) -> {
            throw broken;
        });

        assertThatThrownBy(() -> families.visit(notes)).isSameAs(broken);
    }

    private static byte[] labels(String... namesAndValues) {
        return namesAndValues.length == 0
                ? new byte[0]
                : LabelBlock.encode(List.of(Map.entry(namesAndValues[0], namesAndValues[1])));
    }
}
