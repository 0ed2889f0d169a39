package org.feuerprobe.model;

import org.feuerprobe.bound.Product;

/**
 * A growing term that a model may hold.
 *
 * @param product its shape
 * @param cost what naming it costs on the scale of the score: 0 for the classes of the textbooks
 * @param within whether it grows no faster than the bound
 */
record CandidateTerm(Product product, double cost, boolean within) {}
