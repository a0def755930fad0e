/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Uses a JNA of its own once its standard input has ended, and tells what it found and what is set. */
public final class OwnJna {
    private OwnJna() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.out.println("before: " + properties());
        Class<?> jna = Class.forName("com.sun.jna.Native");
        System.out.println("pointer: " + jna.getField("POINTER_SIZE").get(null));
        System.out.println("after: " + properties());
    }

    private static Map<Object, Object> properties() {
        Map<Object, Object> found = new TreeMap<>(System.getProperties());
        found.keySet().removeIf(name -> !name.toString().startsWith("jna.") && !name.equals("jnidispatch.path"));
        return found;
    }
}
