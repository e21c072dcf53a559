package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.binder.HidingLoader;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.junit.jupiter.api.Test;

/** Classes that were woven, where neither Byte Buddy nor Reactor nor AspectJ is there. Its loader has a binding of its own. */
class WovenWithoutItsWeaverTest {
    @Test
    void wovenClass_withoutByteBuddyAndReactor_isMetered() throws Exception {
        byte[] woven = new WovenClasses().weave(Lone.class);
        try (HidingLoader hiding = HidingLoader.hiding(List.of("net.bytebuddy.", "reactor.", "org.aspectj."))) {
            assertThatThrownBy(() -> hiding.loadClass("net.bytebuddy.ByteBuddy"))
                    .isInstanceOf(ClassNotFoundException.class);
            ClassLoader loader = new ByteArrayClassLoader.ChildFirst(hiding, Map.of(Lone.class.getName(), woven));
            Constructor<?> maker = loader.loadClass(Lone.class.getName()).getDeclaredConstructor();
            maker.setAccessible(true);

            assertThat(((DoubleSupplier) maker.newInstance()).getAsDouble()).isEqualTo(2);
        }
    }

    @Test
    void wovenClass_withoutLoom_runsAsItWas() throws Exception {
        byte[] woven = new WovenClasses().weave(Plain.class);
        try (HidingLoader hiding = HidingLoader.hiding(List.of("io.loom.metrics.woven.", "io.micrometer."))) {
            ClassLoader loader = new ByteArrayClassLoader.ChildFirst(hiding, Map.of(Plain.class.getName(), woven));
            Constructor<?> maker = loader.loadClass(Plain.class.getName()).getDeclaredConstructor();
            maker.setAccessible(true);
            DoubleSupplier plain = (DoubleSupplier) maker.newInstance();

            assertThat(plain.getAsDouble()).isEqualTo(3);
            assertThat(plain.getAsDouble()).isEqualTo(3);
        }
    }

    static class Lone implements DoubleSupplier {
        @Override
        public double getAsDouble() {
            MeterRegistry registry = new SimpleMeterRegistry();
            LoomMetrics.of(registry).bindAnnotations();
            tell();
            later().join();
            return registry.get("told").counter().count()
                    + registry.get("later").timer().count();
        }

        @Counted("told")
        private void tell() {}

        @Timed("later")
        private CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("later");
        }
    }

    static class Plain implements DoubleSupplier {
        @Override
        @Timed("plain")
        public double getAsDouble() {
            return 3;
        }
    }
}
