package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeafTest {
    private static final Samples ANY = Shown.of((labels, to) -> {});

    @Test
    void inserted_inAnyOrder_hasTheLabelsOfEach() {
        Leaf leaf = Leaf.EMPTY
                .inserted(0, bytes("bb"), ANY)
                .inserted(0, bytes(""), ANY)
                .inserted(2, bytes("c"), ANY);

        assertThat(texts(leaf)).containsExactly("", "bb", "c");
        assertThat(leaf.labelsAt(1)).isEqualTo(bytes("bb"));
        assertThat(leaf.indexOf(bytes("c"))).isEqualTo(2);
        assertThat(leaf.indexOf(bytes("ba"))).isEqualTo(-2);
    }

    @Test
    void without_theFirstTheMiddleAndTheLast_leavesTheOthers() {
        Leaf leaf = leaf("a", "bb", "ccc");

        assertThat(texts(leaf.without(0))).containsExactly("bb", "ccc");
        assertThat(texts(leaf.without(1))).containsExactly("a", "ccc");
        assertThat(texts(leaf.without(2))).containsExactly("a", "bb");
        assertThat(texts(leaf)).containsExactly("a", "bb", "ccc");
    }

    @Test
    void range_ofALeaf_keepsNothingOfTheOthers() {
        Leaf upper = leaf("a", "ab", "abc", "d").range(1, 3);

        assertThat(texts(upper)).containsExactly("ab", "abc");
        assertThat(upper.labels()).isEqualTo(leaf("ab", "abc").labels());
    }

    @Test
    void firstAfter_leafThatWasSplitMeanwhile_skipsWhatWasShown() {
        Leaf upper = leaf("3", "5", "7");

        assertThat(upper.firstAfter(shown("2"))).isZero();
        assertThat(upper.firstAfter(shown("3"))).isOne();
        assertThat(upper.firstAfter(shown("4"))).isOne();
        assertThat(upper.firstAfter(shown("7"))).isEqualTo(3);
        assertThat(upper.firstAfter(shown("9"))).isEqualTo(3);
        assertThat(Leaf.EMPTY.firstAfter(shown("9"))).isZero();
    }

    private static Labels shown(String text) {
        Labels labels = new Labels();
        labels.enter(leaf(text).labels());
        labels.next();
        return labels;
    }

    private static String[] texts(Leaf leaf) {
        Labels labels = new Labels();
        labels.enter(leaf.labels());
        String[] texts = new String[leaf.size()];
        for (int i = 0; i < texts.length; i++) {
            labels.next();
            texts[i] = labels.toString();
        }
        return texts;
    }

    private static Leaf leaf(String... texts) {
        Leaf leaf = Leaf.EMPTY;
        for (String text : texts) {
            leaf = leaf.inserted(leaf.size(), bytes(text), ANY);
        }
        return leaf;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
