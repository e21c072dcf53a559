package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private static final int OWNERS = 256;
    private static final int SLOTS = 2_048;

    private final Copies copies = new Copies();

    @Test
    void kept_ofOwnersThatAreEqual_isOfEachItsOwn() {
        Object first = List.of("session");
        Object second = List.of("session");
        copies.keep(first, 1.5);
        assertThat(copies.have(second)).isFalse();
        copies.keep(second, -2);

        assertThat(copies.kept(first)).isEqualTo(1.5);
        assertThat(copies.kept(second)).isEqualTo(-2);
    }

    @Test
    void keep_moreOwnersThanThereIsRoomFor_leavesTheLastOnesOut() {
        List<Object> owners = Stream.generate(Object::new).limit(OWNERS + 2L).toList();
        for (int i = 0; i < owners.size(); i++) {
            assertThat(copies.areFull()).as("before %d", i).isEqualTo(i > OWNERS);
            copies.keep(owners.get(i), i);
        }

        for (int i = 0; i < owners.size(); i++) {
            assertThat(copies.have(owners.get(i))).as("%d", i).isEqualTo(i < OWNERS);
        }
        for (int i = 0; i < OWNERS; i++) {
            assertThat(copies.kept(owners.get(i))).isEqualTo(i);
        }
    }

    @Test
    void claim_moreSlotsThanThereAre_isRefusedAndSoIsAllThatFollows() {
        assertThat(copies.claim("first", SLOTS - 1)).isZero();
        assertThat(copies.areFull()).isFalse();

        assertThat(copies.claim("second", 2)).isEqualTo(Copies.NOWHERE);
        assertThat(copies.areFull()).isTrue();
        assertThat(copies.claim("third", 1)).isEqualTo(Copies.NOWHERE);
    }

    @Test
    void none_keepsNothing() {
        Copies.NONE.keep("owner", 1);

        assertThat(Copies.NONE.areFull()).isTrue();
        assertThat(Copies.NONE.have("owner")).isFalse();
    }
}
