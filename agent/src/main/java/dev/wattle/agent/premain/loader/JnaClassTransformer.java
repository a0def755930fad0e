/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Renames in the classes of a library inside the agent what the host would notice, or could change.
 *
 * <p>JNA makes a java.util.logging Logger in a static initialiser. The first one in a JVM decides which LogManager there
 * is, and that is the host's to decide: JNA logs to loggers of ours. It also keeps a thread while it has a library open,
 * which is named as all our threads are. JNA's classes cannot be relocated, their native half knows their names; the
 * names they use can.
 *
 * <p>slf4j and Prometheus' library read system properties, variables and files by fixed names. A host that uses these
 * libraries itself sets them for its own copies, and they made ours print on standard output, or fail.
 */
final class JnaClassTransformer {
    private static final String THEIR_LOGGING = "java/util/logging/";
    private static final String OUR_LOGGING = "dev/wattle/agent/log/jul/";
    private static final String THEIR_THREAD = "JNA Cleaner";
    private static final String OUR_THREAD = "wattle-jna";
    private static final String LIBRARY = "com.sun.jna.";
    private static final String FACADE = "org.slf4j.";
    private static final String PROMETHEUS_SETTINGS = "io.prometheus.metrics.config.";

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int METHOD_HANDLE = 15;

    private JnaClassTransformer() {}

    /** The class as it is to be defined. */
    static byte[] of(String className, byte[] bytes) throws IOException {
        boolean isDetoured = className.startsWith(LIBRARY)
                || className.startsWith(FACADE)
                || className.startsWith(PROMETHEUS_SETTINGS);
        return isDetoured ? renamed(className, bytes) : bytes;
    }

    private static String renamed(String className, String constant) {
        if (className.startsWith(LIBRARY)) {
            return constant.replace(THEIR_LOGGING, OUR_LOGGING).replace(THEIR_THREAD, OUR_THREAD);
        }
        if (className.startsWith(FACADE)) {
            return constant.startsWith("slf4j.") ? "dev.wattle." + constant : constant;
        }
        // Names of settings have a dot or an underscore; those of classes have slashes, those of members neither.
        boolean isSetting = constant.indexOf('/') < 0 && (constant.indexOf('.') >= 0 || constant.indexOf('_') >= 0);
        return isSetting
                ? constant.replace("prometheus", "wattleprometheus").replace("PROMETHEUS", "WATTLEPROMETHEUS")
                : constant;
    }

    /** The names are all in the constant pool (JVM specification, 4.4); what follows it refers to them by number. */
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

    /** The bytes of a constant after its tag. */
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
