/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.lang.instrument.Instrumentation;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Set;

/**
 * What the JDK brings itself where its public methods ask the host which one to use, by a system property or a service, and
 * keep the answer for the whole JVM.
 *
 * <p>The JDK does not export these; an agent may have a package exported to itself alone.
 */
public final class PlatformDefaults {
    private static final String CHANNELS = "sun.nio.ch";

    private PlatformDefaults() {}

    public static PlatformDefaults of(Instrumentation instrumentation) {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(CHANNELS, Set.of(PlatformDefaults.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        return new PlatformDefaults();
    }

    /**
     * Makes sockets and selectors.
     *
     * @throws ReflectiveOperationException where this JDK has it elsewhere; those from 17 to 25 have it here
     */
    public SelectorProvider channels() throws ReflectiveOperationException {
        return (SelectorProvider) Class.forName(CHANNELS + ".DefaultSelectorProvider")
                .getMethod("get")
                .invoke(null);
    }
}
