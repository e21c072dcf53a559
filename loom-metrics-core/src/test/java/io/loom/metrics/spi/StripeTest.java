package io.loom.metrics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripeTest {
    @Test
    void count_onThisMachine_isAPowerOfTwoUpTo64ThatGivesEachProcessorTwo() {
        int wanted = Math.min(64, 2 * Runtime.getRuntime().availableProcessors());

        assertThat(Integer.bitCount(Stripe.COUNT)).isEqualTo(1);
        assertThat(Stripe.COUNT).isBetween(wanted, 64);
    }

    @Test
    void own_ofThreadsThatWereStartedOneAfterAnother_isNotTheSame() throws Exception {
        List<Integer> stripes = Rivals.race(thread -> Stripe.own());

        assertThat(stripes).allSatisfy(stripe -> assertThat(stripe).isBetween(0, Stripe.COUNT - 1));
        assertThat(stripes.stream().distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void own_ofOneThread_isAlwaysTheSame() {
        assertThat(Stripe.own()).isEqualTo(Stripe.own());
    }
}
