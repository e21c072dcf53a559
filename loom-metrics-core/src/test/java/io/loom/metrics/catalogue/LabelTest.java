package io.loom.metrics.catalogue;

import static io.loom.metrics.catalogue.Label.CACHE_TYPE;
import static io.loom.metrics.catalogue.Label.ENDPOINT;
import static io.loom.metrics.catalogue.Label.GENRE;
import static io.loom.metrics.catalogue.Label.INTERACTION_TYPE;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.RULE_TYPE;
import static io.loom.metrics.catalogue.Label.TO_MODEL;
import static io.loom.metrics.catalogue.Label.TO_PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelTest {
    @Test
    void isOpen_ofAllLabels_holdsForThoseFilledFromOutside() {
        assertThat(Label.values())
                .filteredOn(Label::isOpen)
                .containsExactlyInAnyOrder(
                        ENDPOINT,
                        PROVIDER,
                        MODEL,
                        TO_PROVIDER,
                        TO_MODEL,
                        CACHE_TYPE,
                        GENRE,
                        INTERACTION_TYPE,
                        RULE_TYPE);
    }

    @Test
    void key_ofALabel_isItsNameOnTheWire() {
        assertThat(Label.ERROR_TYPE.key()).isEqualTo("error_type");
    }
}
