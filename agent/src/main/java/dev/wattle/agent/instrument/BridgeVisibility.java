/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;

/**
 * Whether woven code can call the bridge: its loader must find our class, not none and not a copy, which OSGi and other
 * isolating loaders prevent. Modules need no care: the JVM lets the module of a transformed class read the class path.
 */
final class BridgeVisibility {
    private BridgeVisibility() {}

    static boolean hasOurs(ClassLoader loader) {
        try {
            return Class.forName(TrainingBridge.class.getName(), false, loader) == TrainingBridge.class;
        } catch (ClassNotFoundException | LinkageError unseen) {
            return false;
        }
    }
}
