/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Renames constants in the agent's copies of JNA, slf4j and Prometheus' library, so that they neither affect the host nor
 * depend on its settings.
 *
 * <p>JNA creates a java.util.logging Logger in a static initialiser. The first Logger of a JVM fixes its LogManager, which
 * is for the host to choose, so JNA logs to classes of ours instead. JNA's cleaner thread gets the agent's prefix. JNA's
 * classes cannot be relocated, because its native library knows their names; the names they refer to can be changed.
 *
 * <p>slf4j and Prometheus' library read system properties, variables and files by fixed names. A host that uses these
 * libraries sets them for its own copies; they made ours print on standard output, or fail.
 */
final class JnaClassTransformer {
    private static final String HOST_LOGGING = "java/util/logging/";
    private static final String AGENT_LOGGING = "dev/wattle/agent/log/jul/";
    private static final String HOST_THREAD = "JNA Cleaner";
    private static final String AGENT_THREAD = "wattle-jna";
    private static final String JNA = "com.sun.jna.";
    private static final String SLF4J = "org.slf4j.";
    private static final String PROMETHEUS_SETTINGS = "io.prometheus.metrics.config.";

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int METHOD_HANDLE = 15;

    private JnaClassTransformer() {}

    /** The class file to define. */
    static byte[] of(String className, byte[] bytes) throws IOException {
        boolean isRenamed =
                className.startsWith(JNA) || className.startsWith(SLF4J) || className.startsWith(PROMETHEUS_SETTINGS);
        return isRenamed ? renamed(className, bytes) : bytes;
    }

    private static String renamed(String className, String constant) {
        if (className.startsWith(JNA)) {
            return constant.replace(HOST_LOGGING, AGENT_LOGGING).replace(HOST_THREAD, AGENT_THREAD);
        }
        if (className.startsWith(SLF4J)) {
            return constant.startsWith("slf4j.") ? "dev.wattle." + constant : constant;
        }
        // A setting has a dot or an underscore in its name, a class has slashes, a member has neither.
        boolean isSetting = constant.indexOf('/') < 0 && (constant.indexOf('.') >= 0 || constant.indexOf('_') >= 0);
        return isSetting
                ? constant.replace("prometheus", "wattleprometheus").replace("PROMETHEUS", "WATTLEPROMETHEUS")
                : constant;
    }

    /** Renames in the constant pool (JVM specification, 4.4); the rest of the class file refers to it by index. */
    private static byte[] renamed(String className, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        ByteArrayOutputStream renamed = new ByteArrayOutputStream(bytes.length + 256);
        DataOutputStream out = new DataOutputStream(renamed);
        out.writeLong(in.readLong());
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                out.writeUTF(renamed(className, in.readUTF()));
            } else {
                copy(in, out, length(tag));
            }
            if (tag == LONG || tag == DOUBLE) {
                index++;
            }
        }
        copy(in, out, in.available());
        return renamed.toByteArray();
    }

    /** The number of bytes of a constant after its tag. */
    private static int length(int tag) throws IOException {
        switch (tag) {
            case LONG:
            case DOUBLE:
                return 8;
            case METHOD_HANDLE:
                return 3;
            case 7: // class
            case 8: // string
            case 16: // method type
            case 19: // module
            case 20: // package
                return 2;
            case 3: // integer
            case 4: // float
            case 9: // field
            case 10: // method
            case 11: // interface method
            case 12: // name and type
            case 17: // dynamic
            case 18: // invokedynamic
                return 4;
            default:
                throw new IOException("unknown constant " + tag);
        }
    }

    private static void copy(DataInputStream in, DataOutputStream out, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        out.write(bytes);
    }
}
