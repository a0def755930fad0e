/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.lang.instrument.Instrumentation;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Set;

/**
 * Gives access to the JDK's own provider of sockets and selectors. {@link SelectorProvider#provider} asks the host instead,
 * by a system property and a service, and keeps the answer for the whole JVM.
 */
public final class JdkSelectorProvider {
    private static final String PACKAGE = "sun.nio.ch";

    private JdkSelectorProvider() {}

    /**
     * Returns the provider. The JDK does not export its package, so it is exported to the agent's module first.
     *
     * @throws ReflectiveOperationException where this JDK has it elsewhere; those from 17 to 25 have it here
     */
    public static SelectorProvider get(Instrumentation instrumentation) throws ReflectiveOperationException {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(PACKAGE, Set.of(JdkSelectorProvider.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        return (SelectorProvider) Class.forName(PACKAGE + ".DefaultSelectorProvider")
                .getMethod("get")
                .invoke(null);
    }
}
