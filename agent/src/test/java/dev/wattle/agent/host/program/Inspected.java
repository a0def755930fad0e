/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import ai.djl.training.Trainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.jspecify.annotations.Nullable;

/**
 * Does what each line of its standard input says, and tells what it sees of itself. It is an agent of its own, for the
 * bytes of its classes; it needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}, for the shutdown hooks.
 */
public final class Inspected {
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static volatile @Nullable Instrumentation instrumentation;

    private Inspected() {}

    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** Of the agents that change a class, the one that came last sees what all others have made of it. */
    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
        System.out.println("inspected anew");
    }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Solver solver = new Solver(new SmallModel());
        Trainer trainer = new Trainer();
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "step" -> step(solver, trainer, Integer.parseInt(words[1]));
                case "classes" -> System.out.println("classes: " + classFiles());
                case "left" -> System.out.println("left: " + left());
                case "exit" -> exit(in);
                default -> throw new IllegalArgumentException(line);
            }
        }
        System.out.println("the input has ended");
    }

    private static void step(Solver solver, Trainer trainer, int count) {
        for (int i = 0; i < count; i++) {
            solver.optimize(new LayerWorkspaceMgr());
            trainer.step();
        }
        System.out.println("stepped " + count);
    }

    /** Ends, but not before the input does. */
    private static void exit(BufferedReader in) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("ending");
            try {
                while (in.readLine() != null) {
                    // Whatever comes.
                }
            } catch (IOException e) {
                System.out.println(e);
            }
        }));
        System.exit(7);
    }

    /** As the JVM has them now, in hexadecimal digits. */
    private static Map<String, String> classFiles() throws Exception {
        Instrumentation own = Objects.requireNonNull(instrumentation);
        Map<String, String> files = new TreeMap<>();
        ClassFileTransformer witness = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                if (redefined == Solver.class || redefined == Trainer.class) {
                    files.put(name, HexFormat.of().formatHex(bytes));
                }
                return null;
            }
        };
        own.addTransformer(witness, true);
        try {
            own.retransformClasses(Solver.class, Trainer.class);
        } finally {
            own.removeTransformer(witness);
        }
        return files;
    }

    /** What is there of a meter, once that has stopped to become less. */
    private static String left() throws Exception {
        long start = System.nanoTime();
        String left = look();
        while (!left.equals("nothing") && System.nanoTime() - start < LONGEST_NANOS) {
            clearSoftReferences();
            Thread.sleep(10);
            left = look();
        }
        return left;
    }

    /** The JDK caches method handles and the like so; the heap of this program is small. */
    private static void clearSoftReferences() {
        try {
            List<long[]> full = new ArrayList<>();
            while (true) {
                full.add(new long[1 << 17]);
            }
        } catch (OutOfMemoryError reached) {
            System.gc();
        }
    }

    private static String look() throws ReflectiveOperationException {
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("wattle-"))
                .toList();
        List<String> hooks = hooks().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("wattle-"))
                .toList();
        List<String> classes = Stream.<Class<?>>of(
                        Objects.requireNonNull(instrumentation).getAllLoadedClasses())
                .filter(type -> type.getClassLoader() != null
                        && "wattle".equals(type.getClassLoader().getName()))
                .map(Class::getName)
                .limit(5)
                .toList();
        List<ThreadGroup> groups = groups();
        return threads.isEmpty() && hooks.isEmpty() && classes.isEmpty() && groups.size() <= 1
                ? "nothing"
                : "threads " + threads + ", hooks " + hooks + ", classes " + classes + ", groups " + groups;
    }

    @SuppressWarnings("unchecked")
    private static Set<Thread> hooks() throws ReflectiveOperationException {
        var field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        field.setAccessible(true);
        return ((Map<Thread, Thread>) field.get(null)).keySet();
    }

    private static List<ThreadGroup> groups() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        ThreadGroup[] all = new ThreadGroup[top.activeGroupCount() + 16];
        int count = top.enumerate(all);
        return Stream.of(all)
                .limit(count)
                .filter(group -> group.getName().equals("wattle"))
                .toList();
    }
}
