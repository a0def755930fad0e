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

/** Marks a field as a power in watts. JFR has no such unit, so tools show the number and the label of the field. */
@MetadataDefinition
@ContentType
@Name("wattle.Watts")
@Label("Watts")
@Description("Power in watts")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Watts {}
