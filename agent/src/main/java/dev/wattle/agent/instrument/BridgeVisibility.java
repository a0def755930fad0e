/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;

/**
 * Checks that instrumented code can call the bridge: its loader must find our class. With OSGi and other isolating loaders
 * it finds none, or a copy. Modules need no check: the JVM lets the module of a transformed class read the class path.
 */
final class BridgeVisibility {
    private BridgeVisibility() {}

    static boolean canCallBridge(ClassLoader loader) {
        try {
            return Class.forName(TrainingBridge.class.getName(), false, loader) == TrainingBridge.class;
        } catch (ClassNotFoundException | LinkageError unseen) {
            return false;
        }
    }
}
