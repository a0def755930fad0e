/* SPDX-License-Identifier: Apache-2.0 */
package app;

import ai.djl.training.Trainer;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** Steps a trainer until the bridge has heard of it. */
public class Train {
    public static void main(String[] args) throws Exception {
        AtomicBoolean heard = new AtomicBoolean();
        Class<?> bridge = Class.forName("dev.wattle.agent.bridge.TrainingBridge");
        Class<?> sinkType = Class.forName("dev.wattle.agent.bridge.TrainingBridge$Sink");
        Object sink = Proxy.newProxyInstance(sinkType.getClassLoader(), new Class<?>[] {sinkType}, (proxy, method, arguments) -> {
            heard.set(true);
            return method.getReturnType() == boolean.class ? false : null;
        });
        Trainer trainer = new Trainer();
        long start = System.nanoTime();
        while (!heard.get() && System.nanoTime() - start < 30_000_000_000L) {
            bridge.getMethod("connect", sinkType).invoke(null, sink);
            trainer.step();
        }
        System.out.println(heard.get() ? "heard" : "not heard");
    }
}
