package org.feuerprobe.model;
import java.util.stream.*;
final class SimVerdict {
    static String of(Growth g){
        double gap=g.gap();
        double eff=g.beyond().map(r->r.hypothesis.effect()).orElse(0.0);
        int m=g.space().parameters.size()>1?1:0;
        double need=(eff<0.15?6.5:4)+m, allow=(eff<.15?4:1)+m;
        if(eff<0.02&&gap<15) allow=15;
        if(gap>=need) return g.excess()<=0.01? (eff>=0.02?"REJECT":"TINY"):"INSIG";
        if(gap<=allow) return g.withinScore()-g.dominantScore()<=-1?"ACCEPT":"WIDE";
        return "UNSURE";
    }
    static String h(Refit r){return r.hypothesis.terms().stream().map(t->t.product().toString()).collect(Collectors.joining("+"))+" "+r.hypothesis.kind()+java.util.Arrays.toString(r.hypothesis.breaks())+" chi2="+String.format("%.1f",r.hypothesis.squares());}
    static String explain(Growth g){return String.format("W[%s] B[%s] gap=%.1f dom=%.1f excess=%.2g eff=%.2f infl=%.2f",h(g.within()),g.beyond().map(SimVerdict::h).orElse("-"),g.withinScore()-g.beyondScore(),g.withinScore()-g.dominantScore(),g.excess(),g.beyond().map(r->r.hypothesis.effect()).orElse(0.0),g.score().inflation());}
}
