/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import dev.wattle.probes.source.Fix;
import java.io.IOException;
import java.util.List;

/** Whether native libraries can be called. */
public sealed interface JnaState {

    /** JNA is loaded and works. */
    record Loaded() implements JnaState {}

    /**
     * JNA cannot be used in this JVM.
     *
     * @param reason why, in words for the user
     * @param remedies how to fix it, the most likely first
     */
    record Unavailable(String reason, List<Fix> remedies) implements JnaState {
        private static final Fix ALLOW =
                new Fix("allow native code with this flag of java", "--enable-native-access=ALL-UNNAMED");
        private static final Fix MOVE = new Fix(
                "where the directory for temporary files may not be written or executed, name one that may, with this"
                        + " flag of java",
                "-Djava.io.tmpdir=DIR");

        public Unavailable {
            remedies = List.copyOf(remedies);
        }

        /** Uses the first cause, because a static initialiser wraps what it throws. */
        static Unavailable because(Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return new Unavailable("JNA cannot be loaded: " + cause, remedies(cause));
        }

        private static List<Fix> remedies(Throwable cause) {
            if (cause instanceof IllegalCallerException) {
                return List.of(ALLOW);
            }
            return cause instanceof UnsatisfiedLinkError || cause instanceof IOException ? List.of(MOVE) : List.of();
        }
    }
}
