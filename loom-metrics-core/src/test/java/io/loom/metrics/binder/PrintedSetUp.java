package io.loom.metrics.binder;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The set-up that a page of {@code docs/adapters} prints as its first block of Java, compiled and run as printed. Its imports
 * go to the head of a class and the rest into one method, which gets what the page says the reader has already.
 */
final class PrintedSetUp {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_LINES = 10;

    private PrintedSetUp() {}

    /**
     * Runs the set-up.
     *
     * @param page the page's file name
     * @param signature the parameters of the method, with full class names
     * @param result an expression of what the test wants to see of it, {@code null} for nothing
     * @param arguments for the parameters
     */
    static Object run(Path directory, String page, String signature, String result, Object... arguments)
            throws Exception {
        List<String> lines = lines(page);
        assertThat(lines).as("lines of the set-up in %s", page).hasSizeBetween(1, MOST_LINES);
        try (URLClassLoader loader = compiled(directory, source(lines, signature, result))) {
            Method setUp = Arrays.stream(loader.loadClass("Printed").getDeclaredMethods())
                    .filter(method -> method.getName().equals("setUp"))
                    .findFirst()
                    .orElseThrow();
            setUp.setAccessible(true);
            return setUp.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the set-up of " + page + " failed", e.getCause());
        }
    }

    private static List<String> lines(String page) throws IOException {
        Path file = Path.of(System.getProperty("loom.root"), "docs", "adapters", page);
        Matcher block = BLOCK.matcher(Files.readString(file));
        assertThat(block.find()).as("%s has a block of Java", page).isTrue();
        return block.group(1).lines().filter(line -> !line.isBlank()).toList();
    }

    private static String source(List<String> lines, String signature, String result) {
        String imports = lines.stream().filter(PrintedSetUp::isImport).collect(joining("\n"));
        String body = lines.stream().filter(line -> !isImport(line)).collect(joining("\n"));
        return """
                %s
                final class Printed {
                    static Object setUp(%s) throws Exception {
                %s
                        return %s;
                    }
                }
                """.formatted(imports, signature, body, result);
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private static URLClassLoader compiled(Path directory, String source) throws IOException {
        Path file = Files.writeString(directory.resolve("Printed.java"), source);
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean works = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(works).as("%s%n%s", said, source).isTrue();
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }
}
