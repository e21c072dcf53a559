package io.loom.metrics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "16, 32", "31, 64", "32, 64", "33, 64", "128, 64"})
    void count_ofProcessors_isAPowerOfTwoUpTo64ThatGivesEachTwo(int processors, int count) {
        assertThat(Stripe.count(processors)).isEqualTo(count);
    }

    @Test
    void count_onThisMachine_isOfItsProcessors() {
        assertThat(Stripe.COUNT).isEqualTo(Stripe.count(Runtime.getRuntime().availableProcessors()));
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
