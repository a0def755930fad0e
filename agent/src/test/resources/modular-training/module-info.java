/* SPDX-License-Identifier: Apache-2.0 */
/** An explicit module: unlike an automatic one it does not read the class path, where the bridge is. */
module modular.training {}
