/**
 * How does text become a tree of YAML nodes with places? It limits the nesting, and says where text
 * is no YAML.
 *
 * <p>Readers of files take the nodes apart, and name the keys that are wrong.
 */
@NullMarked
package org.feuerprobe.yaml;

import org.jspecify.annotations.NullMarked;
