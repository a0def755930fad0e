/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/**
 * Makes sure that woven code can reach the bridge: its loader must see our class and not a copy, as OSGi and isolating
 * loaders prevent, and its module must read the bridge's, which an explicit module does not by itself.
 */
final class BridgeAccess {
    private final Instrumentation instrumentation;

    BridgeAccess(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    boolean open(ClassLoader loader, String className) {
        try {
            if (Class.forName(TrainingBridge.class.getName(), false, loader) != TrainingBridge.class) {
                return false;
            }
        } catch (ClassNotFoundException | LinkageError unseen) {
            return false;
        }
        String packageName = className.substring(0, className.lastIndexOf('.'));
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.getClassLoader() == loader && module.getPackages().contains(packageName)) {
                readBridge(module);
            }
        }
        return true;
    }

    private void readBridge(Module module) {
        Module bridgeModule = TrainingBridge.class.getModule();
        if (!module.canRead(bridgeModule)) {
            instrumentation.redefineModule(module, Set.of(bridgeModule), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
