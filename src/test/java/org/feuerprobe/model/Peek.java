package org.feuerprobe.model;

import java.util.*;
import java.util.random.*;
import org.feuerprobe.bound.*;
import org.feuerprobe.sample.*;

public final class Peek {
    public static void main(String[] a) {
        for (TableSimulation.Row row : TableSimulation.rows())
            if (row.name().equals(a[0]) && row.bound().equals(a[1])) {
                int kind = Integer.parseInt(a[3]);
                RandomGenerator g =
                        new SplittableRandom(
                                Integer.parseInt(a[4]) * 7919L
                                        + row.name().hashCode() * 31L
                                        + kind);
                DataSet d = TableSimulation.data(row.cost(), Double.parseDouble(a[2]), kind, g);
                Condensed c = Condenser.condense(d, List.of("n"));
                System.out.println(c.noise() + " apart " + c.setApart());
                for (int i = 0; i < c.points().size(); i++) {
                    PointSummary p = c.points().get(i);
                    System.out.printf(
                            "%s cost %.1f err %.2f%% true %.1f z=%.1f %s%n",
                            p.parameters(),
                            p.cost(),
                            100 * p.standardError() / p.cost(),
                            row.cost().applyAsDouble(p.parameters().get("n")),
                            (p.cost() - row.cost().applyAsDouble(p.parameters().get("n")))
                                    / p.standardError(),
                            Arrays.toString(d.points().get(i).values()));
                }
                Growth gr =
                        GrowthAnalyst.analyse(
                                c,
                                TermDictionary.over(List.of("n"), Expression.parse(row.bound())),
                                1);
                System.out.println(SimVerdict.explain(gr));
            }
    }
}
