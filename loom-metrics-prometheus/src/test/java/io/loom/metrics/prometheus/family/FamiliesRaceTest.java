package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FamiliesRaceTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");
    private static final int CHANGES = 20_000;

    /** One thread adds and removes, as Micrometer's registration monitor has it; others walk. */
    @Test
    void visit_whileAnotherThreadAddsAndRemoves_showsWhatStaysOnceAndInOrder() throws Exception {
        Families families = new Families();
        for (String name : List.of("b", "d", "f")) {
            families.add(name, FamilyType.GAUGE, null, label("stays"), one());
        }
        AtomicBoolean done = new AtomicBoolean();

        Race.run(3, number -> {
            if (number == 0) {
                change(families);
                done.set(true);
                return;
            }
            boolean last;
            do {
                last = done.get();
                Notes notes = new Notes();
                families.visit(notes);
                assertThat(notes.families()).extracting(Family::name).isSorted().doesNotHaveDuplicates();
                assertThat(notes.lines().stream().filter(line -> line.contains("stays")))
                        .containsExactly("b{k=\"stays\"} 1", "d{k=\"stays\"} 1", "f{k=\"stays\"} 1");
                assertThat(notes.lines()).doesNotHaveDuplicates();
            } while (!last);
        });

        Notes notes = new Notes();
        families.visit(notes);
        assertThat(notes.lines())
                .containsExactly("= b", "b{k=\"stays\"} 1", "= d", "d{k=\"stays\"} 1", "= f", "f{k=\"stays\"} 1");
    }

    private static void change(Families families) {
        for (int i = 0; i < CHANGES; i++) {
            String name = NAMES.get(i % NAMES.size());
            families.remove(
                    label("comes and goes"),
                    families.add(name, FamilyType.GAUGE, null, label("comes and goes"), one()));
        }
    }

    private static byte[] label(String value) {
        return ("k=\"" + value + '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Samples one() {
        return Shown.of((labels, visitor) -> visitor.sample(labels, 1)); // found by its identity
    }
}
