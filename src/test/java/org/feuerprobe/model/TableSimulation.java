package org.feuerprobe.model;

import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.random.RandomGenerator;
import org.feuerprobe.bound.*;
import org.feuerprobe.sample.*;

/** Quick simulation harness. */
public final class TableSimulation {
    record Row(String name, String bound, boolean truth, DoubleUnaryOperator cost, double[] sigmas) {}
    static final double[] TABLE = {0.01, 0.05, -0.02};
    static final double[] STEP = {0.01, 0.03};
    static double lg(double n){return Math.log(n)/Math.log(2);}
    static List<Row> rows() {
        List<Row> r = new ArrayList<>();
        add(r,"600","O(1)",true,n->600);
        add(r,"300+20n","O(n)",true,n->300+20*n);
        add(r,"5000+20n","O(n)",true,n->5000+20*n);
        add(r,"200+40lg","O(log n)",true,n->200+40*lg(n));
        add(r,"300+5nlg","O(n log n)",true,n->300+5*n*lg(n));
        add(r,"300+20n","O(n^2)",true,n->300+20*n);
        add(r,"600+20lg","O(1)",false,n->600+20*lg(n));
        add(r,"600+20ln","O(1)",false,n->600+20*Math.log(n));
        add(r,"600+0.5n","O(1)",false,n->600+.5*n);
        add(r,"5000+n","O(1)",false,n->5000+n);
        add(r,"200+40lg+.3n","O(log n)",false,n->200+40*lg(n)+.3*n);
        add(r,"200+40ln+.3n","O(log n)",false,n->200+40*Math.log(n)+.3*n);
        add(r,"300+5nlg","O(n)",false,n->300+5*n*lg(n));
        add(r,"300+5nln","O(n)",false,n->300+5*n*Math.log(n));
        add(r,"300+20n+.01n2","O(n)",false,n->300+20*n+.01*n*n);
        add(r,"300+20n+.002n2","O(n)",false,n->300+20*n+.002*n*n);
        // own
        add(r,"50+3n^1.5","O(n^1.5)",true,n->50+3*Math.pow(n,1.5));
        add(r,"50+3n^1.5","O(n log n)",false,n->50+3*Math.pow(n,1.5));
        add(r,"50+3n^1.5","O(n)",false,n->50+3*Math.pow(n,1.5));
        add(r,"50+3n^1.5","O(n^2)",true,n->50+3*Math.pow(n,1.5));
        add(r,"100+30sqrt","O(n^0.5)",true,n->100+30*Math.sqrt(n));
        add(r,"100+30sqrt","O(log n)",false,n->100+30*Math.sqrt(n));
        add(r,"100+30sqrt","O(1)",false,n->100+30*Math.sqrt(n));
        add(r,"100+30sqrt","O(n)",true,n->100+30*Math.sqrt(n));
        add(r,"100+10lg2","O(log^2 n)",true,n->100+10*lg(n)*lg(n));
        add(r,"100+10lg2","O(log n)",false,n->100+10*lg(n)*lg(n));
        add(r,"100+10lg2","O(n)",true,n->100+10*lg(n)*lg(n));
        add(r,"500+2n2lg","O(n^2 log n)",true,n->500+2*n*n*lg(n));
        add(r,"500+2n2lg","O(n^2)",false,n->500+2*n*n*lg(n));
        add(r,"500+2n2lg","O(n^3)",true,n->500+2*n*n*lg(n));
        add(r,"1000+3n2","O(n^2)",true,n->1000+3*n*n);
        add(r,"1000+3n2","O(n log n)",false,n->1000+3*n*n);
        add(r,"n3","O(n^3)",true,n->100+.01*n*n*n);
        add(r,"n3","O(n^2)",false,n->100+.01*n*n*n);
        add(r,"tri","O(n^2)",true,n->.5*n*(n-1)+20);
        add(r,"20(n-1)+3","O(n)",true,n->20*(n-1)+3);
        add(r,"nlg/2+lower","O(n log n)",true,n->50+7*n+2*n*lg(n));
        add(r,"n+sqrt","O(n)",true,n->80+2*n+30*Math.sqrt(n));
        add(r,"20000+20n","O(n)",true,n->20000+20*n);
        add(r,"100n+5000 steps nlogn","O(n)",false,n->5000+4*n*lg(n));
        add(r,"1000+.2n","O(1)",false,n->1000+.2*n);
        add(r,"n^1.25","O(n)",false,n->300+5*Math.pow(n,1.25));
        add(r,"n log2","O(n log n)",false,n->300+2*n*lg(n)*lg(n));
        add(r,"n log2","O(n log^2 n)",true,n->300+2*n*lg(n)*lg(n));
        add(r,"lglg","O(log n)",true,n->300+100*Math.log(1+lg(n)));
        add(r,"n/lg","O(n)",true,n->300+20*n/lg(n));
        add(r,"n+.1n2/...","O(n log n)",false,n->300+20*n+.004*n*n);
        add(r,"0+7","O(1)",true,n->7);
        add(r,"0.4n","O(n)",true,n->.4*n);
        add(r,"log3","O(sqrt)".equals("")?"":"O(n^0.5)",true,n->300+2*Math.pow(lg(n),3));
        step(r,"flat x3 >256","O(1)",true,n->600*(n>256?3:1));
        step(r,"flat x3 >64","O(1)",true,n->600*(n>64?3:1));
        step(r,"flat x3 >1024","O(1)",true,n->600*(n>1024?3:1));
        step(r,"flat x3 >16","O(1)",true,n->600*(n>16?3:1));
        step(r,"flat x1.3 >256","O(1)",true,n->600*(n>256?1.3:1));
        step(r,"flat x2>64 x2>1024","O(1)",true,n->600*(n>64?2:1)*(n>1024?2:1));
        step(r,"flat x1.8>32 x2.5>512","O(1)",true,n->600*(n>32?1.8:1)*(n>512?2.5:1));
        step(r,"flat x1.5>128 x1.5>512","O(1)",true,n->600*(n>128?1.5:1)*(n>512?1.5:1));
        step(r,"slope 2.5 cont >512","O(n)",true,n->300+20*n+(n>512?30*(n-512):0));
        step(r,"slope 2.5 jump >512","O(n)",true,n->300+20*n*(n>512?2.5:1));
        step(r,"slope 2.5 cont >256","O(n)",true,n->300+20*n+(n>256?30*(n-256):0));
        step(r,"slope 2.5 cont >128","O(n)",true,n->300+20*n+(n>128?30*(n-128):0));
        step(r,"slope 2.5 cont >1024","O(n)",true,n->300+20*n+(n>1024?30*(n-1024):0));
        step(r,"slope 2.5 cont >300","O(n)",true,n->300+20*n+(n>300?30*(n-300):0));
        step(r,"slope 2.5 cont >700","O(n)",true,n->300+20*n+(n>700?30*(n-700):0));
        step(r,"slope 2.5 jump >1024","O(n)",true,n->300+20*n*(n>1024?2.5:1));
        step(r,"slope 1.5 cont >512","O(n)",true,n->300+20*n+(n>512?10*(n-512):0));
        step(r,"lg x2.2 >256","O(log n)",true,n->(200+40*lg(n))*(n>256?2.2:1));
        step(r,"lg x2.2 >1024","O(log n)",true,n->(200+40*lg(n))*(n>1024?2.2:1));
        step(r,"lg x2.2 >64","O(log n)",true,n->(200+40*lg(n))*(n>64?2.2:1));
        step(r,"lg +500 >256","O(log n)",true,n->(200+40*lg(n))+(n>256?500:0));
        step(r,"lin x1.5 >256","O(n)",true,n->(200+.8*n)*(n>256?1.5:1));
        step(r,"lin x1.5 >256","O(1)",false,n->(200+.8*n)*(n>256?1.5:1));
        step(r,"lin x1.5 >1024","O(1)",false,n->(200+.8*n)*(n>1024?1.5:1));
        step(r,"lin x1.5 >64","O(1)",false,n->(200+.8*n)*(n>64?1.5:1));
        step(r,"lin +300 >256","O(1)",false,n->(200+.8*n)+(n>256?300:0));
        step(r,"5nlg x2 >256","O(n)",false,n->5*n*lg(n)*(n>256?2:1));
        step(r,"5nlg x1.5 >512","O(n)",false,n->5*n*lg(n)*(n>512?1.5:1));
        step(r,"5nlg x3 >128","O(n)",false,n->5*n*lg(n)*(n>128?3:1));
        step(r,"5nlg +5000 >512","O(n)",false,n->5*n*lg(n)+(n>512?5000:0));
        step(r,"300+5nlg x1.5 >256","O(n)",false,n->(300+5*n*lg(n))*(n>256?1.5:1));
        step(r,"300+5nlg x2 >256","O(n log n)",true,n->(300+5*n*lg(n))*(n>256?2:1));
        step(r,"lg x2 >256 under 1","O(1)",false,n->(200+40*lg(n))*(n>256?2:1));
        step(r,"n2 x2 >256 under n","O(n)",false,n->(200+.1*n*n)*(n>256?2:1));
        step(r,"n2 x2 >256","O(n^2)",true,n->(200+.1*n*n)*(n>256?2:1));
        step(r,"lin x1.5>64 x1.5>512","O(1)",false,n->(200+.8*n)*(n>64?1.5:1)*(n>512?1.5:1));
        step(r,"lin x1.5>64 x1.5>512","O(n)",true,n->(200+.8*n)*(n>64?1.5:1)*(n>512?1.5:1));
        return r;
    }
    static void add(List<Row> r,String a,String b,boolean t,DoubleUnaryOperator c){r.add(new Row(a,b,t,c,TABLE));}
    static void step(List<Row> r,String a,String b,boolean t,DoubleUnaryOperator c){r.add(new Row("STEP "+a,b,t,c,STEP));}
    static double noise(double f, double sigma, int kind, RandomGenerator g){
        if (sigma<0) { double v=f*(1+(-sigma)*g.nextGaussian()); return g.nextDouble()<0.05? v*4: v; }
        return kind==0? f*(1+sigma*g.nextGaussian()) : f*Math.exp(sigma*g.nextGaussian());
    }
    static DataSet data(DoubleUnaryOperator cost,double sigma,int kind,RandomGenerator g){
        List<Point> ps=new ArrayList<>();
        for(double n=8;n<=4096;n*=2){double[] v=new double[5];for(int i=0;i<5;i++)v[i]=noise(cost.applyAsDouble(n),sigma,kind,g);ps.add(new Point(Map.of("n",n),List.of(v)));}
        return new DataSet("x","cycles",false,ps);
    }
    static String verdict(Growth g){ return SimVerdict.of(g); }
    public static void main(String[] a) throws Exception {
        int seeds=Integer.parseInt(a[0]); String filter=a.length>1?a[1]:"";
        long t0=System.nanoTime(); int total=0;
        Map<String,List<CandidateTerm>> dict=new HashMap<>();
        for (Row row: rows()) {
            if(!row.name.contains(filter)) continue;
            for (double sigma: row.sigmas) for(int kind=0;kind<(sigma<0?1:2);kind++) {
                Map<String,Integer> count=new TreeMap<>(); StringBuilder ex=new StringBuilder();
                for (int seed=0;seed<seeds;seed++){
                    RandomGenerator g=new SplittableRandom(seed*7919L+row.name.hashCode()*31L+kind);
                    DataSet d=data(row.cost,sigma,kind,g);
                    Condensed c=Condenser.condense(d,List.of("n"));
                    Growth gr=GrowthAnalyst.analyse(c,dict.computeIfAbsent(row.bound,b->TermDictionary.over(List.of("n"),Expression.parse(b))),row.bound.equals("O(1)")?0:1);
                    String v=verdict(gr); count.merge(v,1,Integer::sum); total++;
                    if(!v.equals(row.truth?"ACCEPT":"REJECT") && ex.length()<300) ex.append("\n      seed ").append(seed).append(' ').append(SimVerdict.explain(gr));
                }
                int ok=count.getOrDefault(row.truth?"ACCEPT":"REJECT",0);
                if(ok<seeds*0.99||!filter.isEmpty()) System.out.printf("%-28s %-12s %-5s s=%5.2f k=%d  %6.2f%% %s%s%n",row.name,row.bound,row.truth,sigma,kind,100.0*ok/seeds,count,ex);
            }
        }
        System.out.printf("%d sets, %.0f us each%n",total,(System.nanoTime()-t0)/1e3/total);
    }
}
