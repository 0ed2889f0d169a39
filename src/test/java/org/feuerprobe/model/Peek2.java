package org.feuerprobe.model;

import java.util.*;
import java.util.random.*;
import org.feuerprobe.bound.*;
import org.feuerprobe.sample.*;

public final class Peek2 {
    public static void main(String[] a) {
        double[] S = {2, 4, 8, 16, 32, 64}, K = {64, 128, 256, 512, 1024};
        for (int seed = 0; seed < 60; seed++) {
            RandomGenerator g = new SplittableRandom(seed * 31337L + "sum".hashCode() + 1);
            List<Point> ps = new ArrayList<>();
            for (double s : S)
                for (double k : K) {
                    double[] v = new double[5];
                    for (int q = 0; q < 5; q++)
                        v[q] = TableSimulation.noise(300 + 20 * s + 7 * k, -.02, seed % 2, g);
                    ps.add(new Point(Map.of("S", s, "K", k), List.of(v)));
                }
            Condensed c =
                    Condenser.condense(new DataSet("x", "cycles", false, ps), List.of("S", "K"));
            for (PointSummary p : c.points()) {
                double t = 300 + 20 * p.parameters().get("S") + 7 * p.parameters().get("K");
                double z = (p.cost() - t) / p.standardError();
                if (Math.abs(z) > 5) {
                    System.out.println(seed + " " + p + " true " + t + " " + c.noise());
                    for (Point q : ps)
                        if (q.parameters().equals(p.parameters()))
                            System.out.println(Arrays.toString(q.values()));
                }
            }
        }
    }
}
