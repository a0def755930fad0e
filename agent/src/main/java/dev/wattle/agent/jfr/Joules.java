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

/** Says in a recording that a field is an energy in joules, for a person. */
@MetadataDefinition
@ContentType
@Name("wattle.Joules")
@Label("Joules")
@Description("Energy in joules")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Joules {}
