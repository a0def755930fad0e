/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.ContentType;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;

/** Marks a field as an energy in joules. JFR has no such unit of its own. */
@MetadataDefinition
@ContentType
@Name("wattle.Joules")
@Label("Joules")
@Description("Energy in joules")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Joules {}
