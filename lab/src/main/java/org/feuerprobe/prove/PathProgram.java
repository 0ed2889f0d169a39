package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The longest path at one point as an integer program (implicit path enumeration; Li and Malik
 * 1995): how often is each block executed, such that as often as control enters a block it leaves
 * it, and each loop passes its notes at most as often as its bound allows?
 */
final class PathProgram {
    private final Graph graph;
    private final LoopNest nest;
    private final Map<Integer, LoopBounds.Bound> bounds;

    /**
     * The answer at a point.
     *
     * @param cost of the worst path; 0 if there is none
     * @param executions of each block on it; empty if the bounds allow no path at all
     */
    record Worst(long cost, List<Long> executions) {}

    private record Edge(int from, int to, Variable count) {}

    PathProgram(Graph graph, LoopNest nest, Map<Integer, LoopBounds.Bound> bounds) {
        this.graph = graph;
        this.nest = nest;
        this.bounds = bounds;
    }

    /**
     * Solves it.
     *
     * @param costs of each block
     * @param point a value for each parameter of the bounds
     * @return empty if the solver gives up
     */
    Optional<Worst> solve(List<Long> costs, Map<String, Long> point) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        List<Variable> counts = new ArrayList<>();
        List<Variable> ends = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (Block block : graph.blocks()) {
            counts.add(count(model, "b" + block.id()).weight(costs.get(block.id())));
            ends.add(count(model, "x" + block.id()));
            for (int next : block.next()) {
                edges.add(new Edge(block.id(), next, count(model, block.id() + "-" + next)));
            }
        }
        Expression once = model.newExpression("once").level(1);
        for (Block block : graph.blocks()) {
            int id = block.id();
            Expression in = model.newExpression("in" + id).level(id == 0 ? -1 : 0);
            Expression out = model.newExpression("out" + id).level(0);
            in.set(counts.get(id), -1);
            out.set(counts.get(id), -1);
            for (Edge edge : edges) {
                if (edge.to() == id) {
                    in.set(edge.count(), 1);
                }
                if (edge.from() == id) {
                    out.set(edge.count(), 1);
                }
            }
            if (block.exits()) {
                out.set(ends.get(id), 1);
                once.set(ends.get(id), 1);
            } else {
                ends.get(id).upper(0);
            }
        }
        for (LoopNest.Loop loop : nest.loops()) {
            limit(model, loop, counts, edges, point);
        }
        Optimisation.Result result = model.maximise();
        if (result.getState() == Optimisation.State.INFEASIBLE) {
            return Optional.of(new Worst(0, List.of()));
        }
        if (!result.getState().isOptimal()) {
            return Optional.empty();
        }
        List<Long> executions = new ArrayList<>();
        for (Variable own : counts) {
            executions.add(Math.round(result.doubleValue(model.indexOf(own))));
        }
        return Optional.of(new Worst(Math.round(result.getValue()), executions));
    }

    /** Notes passed, less the bound times the entries, is at most zero. */
    private void limit(
            ExpressionsBasedModel model,
            LoopNest.Loop loop,
            List<Variable> counts,
            List<Edge> edges,
            Map<String, Long> point) {
        LoopBounds.Bound bound = bounds.get(loop.index());
        if (bound == null) {
            throw new IllegalStateException("a loop without a bound");
        }
        long size = bound.size().at(point);
        Expression limit =
                model.newExpression("loop" + loop.index()).upper(loop.header() == 0 ? size : 0);
        bound.blocks().forEach((block, notes) -> limit.set(counts.get(block), notes));
        for (Edge edge : edges) {
            Integer notes = bound.edges().get(LoopBounds.edge(edge.from(), edge.to()));
            boolean enters = edge.to() == loop.header() && !loop.blocks().get(edge.from());
            if (notes != null || enters) {
                limit.set(edge.count(), (notes == null ? 0 : notes) - (enters ? size : 0));
            }
        }
    }

    private static Variable count(ExpressionsBasedModel model, String name) {
        return model.newVariable(name).lower(0).integer(true);
    }
}
