package io.loom.metrics.prometheus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class CompatibilityTest {
    private static final int EXECUTIONS = 57;

    @Test
    void kit_ofMicrometer_passesInAllItsExecutions() {
        Events executions = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(CompatibilityKit.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .execute()
                .testEvents();

        executions
                .assertThatEvents()
                .haveExactly(0, org.junit.platform.testkit.engine.EventConditions.finishedWithFailure());
        assertThat(executions.succeeded().count()).isEqualTo(EXECUTIONS);
        assertThat(executions.skipped().count()).isZero();
    }
}
