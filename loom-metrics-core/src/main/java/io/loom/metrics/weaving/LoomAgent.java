package io.loom.metrics.weaving;

import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.ClassFileBufferStrategy;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the methods with {@code @Timed} and {@code @Counted} of a JVM while it runs: as an agent of the command line, or by one
 * call. Both weave classes that are loaded already, as well as those to come; twice does no harm.
 *
 * <p>Thread-safe. What cannot be woven is logged once for each method, and runs as it was.
 */
@SuppressWarnings("exports") // the JVM calls it, and it is in every JDK
public final class LoomAgent {
    private static final System.Logger log = System.getLogger(LoomAgent.class.getName());

    /** One for the JVM, whichever class loader has this class, and under whichever name. */
    private static final String INSTALLED = "io.loom.metrics.woven.agent";

    private static final String MODULE = "io.loom.metrics.core";

    private LoomAgent() {}

    /** What {@code -javaagent} calls. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        install(instrumentation);
    }

    /** What a JVM calls that an agent is attached to from outside. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        install(instrumentation);
    }

    /**
     * Attaches to the JVM that runs this. Needs {@code net.bytebuddy:byte-buddy} and {@code byte-buddy-agent}. From JDK 21 on the
     * JVM warns of it, unless it was started with {@code -XX:+EnableDynamicAgentLoading}.
     *
     * @throws IllegalStateException where the JVM does not let itself be attached to
     */
    public static void attach() {
        install(ByteBuddyAgent.install());
    }

    private static void install(Instrumentation instrumentation) {
        String here = String.valueOf(ProcessHandle.current().pid()); // properties may be handed on to other processes
        if (here.equals(System.setProperty(INSTALLED, here))) {
            return;
        }
        Report report = new AgentReport();
        TransformedBytes classFiles = new TransformedBytes();
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.DescriptionStrategy.Default.POOL_FIRST) // loads no class of its own accord
                .with((ClassFileBufferStrategy) classFiles)
                .with(new EndListener(classFiles))
                .ignore(isSynthetic()
                        .or(nameStartsWith("java."))
                        .or(nameStartsWith("javax."))
                        .or(nameStartsWith("jdk."))
                        .or(nameStartsWith("sun."))
                        .or(nameStartsWith("com.sun."))
                        .or(nameStartsWith("net.bytebuddy."))
                        .or(nameStartsWith("io.micrometer.")))
                .type((type, loader, module, loaded, domain) ->
                        !AnnotatedMethods.of(type).isEmpty() && sees(loader, module, type.getName()))
                .transform((builder, type, loader, module, domain) ->
                        Weaver.weave(builder, type, AnnotatedMethods.of(type), classFiles, report))
                .installOn(instrumentation);
    }

    private static boolean sees(@Nullable ClassLoader loader, @Nullable JavaModule module, String type) {
        if (loader == null || loader.getResource(MethodConstant.OWNER + ".class") == null) {
            log.log(
                    System.Logger.Level.WARNING,
                    type + ": not woven: its class loader does not see loom-metrics-core.");
            return false;
        }
        if (module != null && module.isNamed() && !reads((Module) module.unwrap(), loader)) {
            log.log(System.Logger.Level.WARNING, type + ": not woven: its module must require " + MODULE + '.');
            return false;
        }
        return true;
    }

    private static boolean reads(Module module, ClassLoader loader) {
        return module.canRead(loader.getUnnamedModule())
                || module.getLayer().findModule(MODULE).filter(module::canRead).isPresent();
    }

    /** Logs. */
    private static final class AgentReport implements Report {
        @Override
        public void problem(String problem) {
            log.log(System.Logger.Level.WARNING, "not woven: " + problem);
        }

        @Override
        public void warning(String warning) {
            log.log(System.Logger.Level.WARNING, warning);
        }
    }

    /** A class that could not be woven is loaded as it was. */
    private static final class EndListener extends AgentBuilder.Listener.Adapter {
        private final TransformedBytes classFiles;

        EndListener(TransformedBytes classFiles) {
            this.classFiles = classFiles;
        }

        @Override
        public void onComplete(String type, @Nullable ClassLoader loader, @Nullable JavaModule module, boolean loaded) {
            classFiles.clear();
        }

        @Override
        public void onError(
                String type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable cause) {
            log.log(System.Logger.Level.WARNING, type + ": could not be woven", cause);
        }
    }
}
