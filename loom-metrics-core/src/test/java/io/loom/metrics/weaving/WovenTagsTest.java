package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.TestLoom;
import io.micrometer.common.annotation.ValueResolver;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.MeterTag;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tags that are taken from arguments and results. */
@ResourceLock(WeavingTest.BINDING)
class WovenTagsTest {
    private final TestLoom test = TestLoom.create(builder -> builder.valueBudget(3));

    WovenTagsTest() {
        test.loom().bindAnnotations();
    }

    @AfterEach
    void close() {
        test.loom().close();
    }

    @Test
    void arguments_areTags_byTheirTextOrTheirResolver() throws Exception {
        BiFunction<String, Integer, Integer> tagged = WovenClasses.instance(Tagged.class);

        assertThat(tagged.apply("Fantasy", 7)).isEqualTo(14);

        assertThat(test.timer("tagged", "genre", "fantasy", "size", "7", "doubled", "14", "exception", "none")
                        .count())
                .isOne();
        assertThat(test.count("tagged.count", "genre", "fantasy", "size", "7", "doubled", "14", "result", "success"))
                .isOne();
    }

    @Test
    void argument_thatTheMethodReplaces_isTheOneThatItWasCalledWith() throws Exception {
        UnaryOperator<String> replacing = WovenClasses.instance(Replacing.class);

        assertThat(replacing.apply("given")).isEqualTo("replaced");

        assertThat(test.timer("replacing", "text", "given").count()).isOne();
    }

    @Test
    void nothing_isUnknown() throws Exception {
        UnaryOperator<String> replacing = WovenClasses.instance(Replacing.class);

        assertThat(replacing.apply(null)).isEqualTo("replaced");

        assertThat(test.timer("replacing", "text", "unknown").count()).isOne();
    }

    @Test
    void resolver_thatThrows_isCountedAndTheCallIsTimedAllTheSame() throws Exception {
        UnaryOperator<String> broken = WovenClasses.instance(Broken.class);

        assertThat(broken.apply("x")).isEqualTo("x");

        assertThat(test.timer("broken", "text", "unknown").count()).isOne();
        assertThat(test.count("loom.metrics.rejected", "meter", "broken", "reason", "tag_function"))
                .isOne();
    }

    @Test
    void values_beyondTheBudget_becomeOther() throws Exception {
        UnaryOperator<String> replacing = WovenClasses.instance(Replacing.class);
        for (int i = 0; i < 10; i++) {
            assertThat(replacing.apply("value-" + i)).isEqualTo("replaced");
        }

        assertThat(test.registry().get("replacing").timers()).hasSize(4);
        assertThat(test.timer("replacing", "text", "other").count()).isEqualTo(7);
        assertThat(test.count("loom.metrics.overflow", "meter", "replacing", "label", "text"))
                .isEqualTo(7);
    }

    @Test
    void tag_ofTheMethodThatIsImplemented_isTaken() throws Exception {
        Function<String, String> implementing = WovenClasses.instance(Implementing.class);

        assertThat(implementing.apply("mystery")).isEqualTo("mystery");

        assertThat(test.timer("implementing", "kind", "mystery").count()).isOne();
    }

    /** Makes lower case. */
    static final class Lower implements ValueResolver {
        private Lower() {}

        @Override
        public String resolve(Object parameter) {
            return ((String) parameter).toLowerCase(Locale.ROOT);
        }
    }

    /** Cannot. */
    public static class Refusing implements ValueResolver {
        @Override
        public String resolve(Object parameter) {
            throw new IllegalStateException("no value today");
        }
    }

    static class Tagged implements BiFunction<String, Integer, Integer> {
        @Override
        @Timed("tagged")
        @Counted("tagged.count")
        @MeterTag("doubled")
        public Integer apply(
                @MeterTag(value = "genre", resolver = Lower.class) String genre, @MeterTag(key = "size") Integer size) {
            return 2 * size;
        }
    }

    static class Replacing implements UnaryOperator<String> {
        @Override
        @Timed("replacing")
        public String apply(@MeterTag("text") String text) {
            text = "replaced";
            return text;
        }
    }

    static class Broken implements UnaryOperator<String> {
        @Override
        @Timed("broken")
        public String apply(@MeterTag(value = "text", resolver = Refusing.class) String text) {
            return text;
        }
    }

    /** Says what its argument is. */
    public interface Kinded extends Function<String, String> {
        @Override
        String apply(@MeterTag("kind") String kind);
    }

    /** Adds nothing. */
    public interface MoreKinded extends Kinded {}

    static class Implementing implements MoreKinded {
        @Override
        @Timed("implementing")
        public String apply(String kind) {
            return kind;
        }
    }
}
