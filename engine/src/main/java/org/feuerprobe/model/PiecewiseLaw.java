package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/**
 * Search for exact laws that follow one another along a parameter, for example because a message no
 * longer fits into registers. There are one or two breaks. At least two more points than a piece
 * has coefficients must confirm it. All pieces grow with the same product or not at all.
 *
 * <p>Two breaks between flat pieces can also be slow growth that is counted in whole steps. Each of
 * those pieces therefore needs {@value #FEWEST_ON_A_STAIR} points.
 */
final class PiecewiseLaw {
    private static final int FEWEST_IN_A_PIECE = 3;
    private static final int FEWEST_ON_A_STAIR = 5;

    /** A law for the points {@code from} (included) to {@code to} (excluded). */
    record Piece(ExactFit.Simple law, int from, int to) {}

    private final ExactFit data;
    private final String parameter;
    private final double[] places;

    PiecewiseLaw(ExactFit data, String parameter, double[] places) {
        this.data = data;
        this.parameter = parameter;
        this.places = places;
    }

    /** The law with the fewest breaks and coefficients that misses at most {@code most} points. */
    Optional<ExactFit.Law> search(int most) {
        int count = places.length;
        Optional<List<Piece>> best = Optional.empty();
        for (int a = FEWEST_IN_A_PIECE; a <= count - FEWEST_IN_A_PIECE; a++) {
            for (int left = 0; left <= most; left++) {
                best = better(best, pieces(new int[] {0, a, count}, new int[] {left, most - left}));
            }
        }
        if (best.isEmpty() && most == 0) {
            for (int a = FEWEST_IN_A_PIECE; a <= count - 2 * FEWEST_IN_A_PIECE; a++) {
                for (int b = a + FEWEST_IN_A_PIECE; b <= count - FEWEST_IN_A_PIECE; b++) {
                    best = better(best, pieces(new int[] {0, a, b, count}, new int[3]));
                }
            }
        }
        return best.map(this::law);
    }

    private static Optional<List<Piece>> better(
            Optional<List<Piece>> best, Optional<List<Piece>> other) {
        return other.isPresent() && (best.isEmpty() || size(other.get()) < size(best.get()))
                ? other
                : best;
    }

    private static int size(List<Piece> pieces) {
        return pieces.stream()
                .mapToInt(p -> p.law().numbers() + 10 * p.law().deviations().size())
                .sum();
    }

    private Optional<List<Piece>> pieces(int[] borders, int[] most) {
        List<Piece> pieces = new ArrayList<>();
        for (int k = 0; k < most.length; k++) {
            Optional<ExactFit.Simple> law = data.simple(borders[k], borders[k + 1], most[k]);
            if (law.isEmpty()) {
                return Optional.empty();
            }
            pieces.add(new Piece(law.get(), borders[k], borders[k + 1]));
        }
        return alike(pieces) && !stair(pieces) ? Optional.of(pieces) : Optional.empty();
    }

    private static boolean alike(List<Piece> pieces) {
        return pieces.stream().flatMap(p -> p.law().product().stream()).distinct().count() <= 1;
    }

    private static boolean stair(List<Piece> pieces) {
        return pieces.size() > 2
                && pieces.stream().allMatch(p -> p.law().product().isEmpty())
                && pieces.stream().anyMatch(p -> p.to() - p.from() < FEWEST_ON_A_STAIR);
    }

    private ExactFit.Law law(List<Piece> pieces) {
        Optional<Product> product =
                pieces.stream().flatMap(p -> p.law().product().stream()).findFirst();
        ExactFit.Simple first = pieces.getFirst().law();
        List<CostModel.Term> terms =
                product.map(p -> List.of(new CostModel.Term(first.slope(), p))).orElse(List.of());
        List<Regime> regimes = new ArrayList<>();
        List<ExactFit.Deviation> deviations = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < pieces.size(); k++) {
            Piece piece = pieces.get(k);
            deviations.addAll(piece.law().deviations());
            text.append(k == 0 ? "" : ", then ").append(piece.law().text());
            if (k + 1 < pieces.size()) {
                text.append(
                        " up to %s = %s"
                                .formatted(parameter, Numbers.plain(places[piece.to() - 1])));
                regimes.addAll(change(piece, pieces.get(k + 1), product));
            }
        }
        double largest =
                deviations.stream()
                        .mapToDouble(d -> Math.abs(d.found() - d.expected()))
                        .max()
                        .orElse(0);
        CostModel model =
                new CostModel(
                        Estimate.exact(first.intercept()),
                        terms,
                        regimes,
                        deviations.isEmpty(),
                        largest,
                        text.toString());
        return new ExactFit.Law(model, text.toString(), List.copyOf(deviations));
    }

    private List<Regime> change(Piece before, Piece behind, Optional<Product> product) {
        double above = places[before.to() - 1];
        double next = places[behind.from()];
        double here = product.map(p -> p.at(java.util.Map.of(parameter, above))).orElse(0.0);
        double bend = behind.law().slope() - before.law().slope();
        double jump = behind.law().intercept() - before.law().intercept() + bend * here;
        List<Regime> regimes = new ArrayList<>();
        if (bend != 0) {
            regimes.add(new Regime(parameter, above, next, RegimeKind.BEND, Estimate.exact(bend)));
        }
        if (jump != 0) {
            regimes.add(new Regime(parameter, above, next, RegimeKind.LEVEL, Estimate.exact(jump)));
        }
        return regimes;
    }
}
