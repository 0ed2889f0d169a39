package org.feuerprobe.model;
import java.util.*; import java.util.function.*; import java.util.random.*; import org.feuerprobe.bound.*; import org.feuerprobe.sample.*;
public final class Grid {
  record Row(String name,String bound,boolean truth,DoubleBinaryOperator cost){}
  static double lg(double n){return Math.log(n)/Math.log(2);}
  public static void main(String[] a){
    int seeds=Integer.parseInt(a[0]);
    if(a.length<2||a[1].equals("grid")) grid(seeds);
    if(a.length<2||a[1].equals("name")) naming(seeds);
    if(a.length<2||a[1].equals("cover")) cover(seeds*5);
  }
  static void grid(int seeds){
    List<Row> rows=new ArrayList<>();
    DoubleBinaryOperator sk=(s,k)->300+5*s*k, sum=(s,k)->300+20*s+7*k, kk=(s,k)->300+7*k, skl=(s,k)->300+2*s*k*lg(k), sl=(s,k)->500+30*s+40*lg(k), s2=(s,k)->200+s*s*3+k, mix=(s,k)->300+40*s+10*k+3*s*k;
    for(String b:List.of("O(S*K)","O(S*K*log K)","O(S*K^2)")) rows.add(new Row("sk",b,true,sk));
    for(String b:List.of("O(S+K)","O(K)","O(S)","O(1)","O(S + K log K)","O(K^2)")) rows.add(new Row("sk",b,false,sk));
    for(String b:List.of("O(S*K)","O(S+K)","O(S + K log K)")) rows.add(new Row("sum",b,true,sum));
    for(String b:List.of("O(S)","O(K)","O(log S + K)")) rows.add(new Row("sum",b,false,sum));
    for(String b:List.of("O(S*K)","O(S+K)","O(K)","O(K^2)")) rows.add(new Row("k",b,true,kk));
    for(String b:List.of("O(S)","O(1)","O(log K)","O(S log K)")) rows.add(new Row("k",b,false,kk));
    for(String b:List.of("O(S*K*log K)","O(S*K^2)")) rows.add(new Row("sklogk",b,true,skl));
    for(String b:List.of("O(S*K)","O(S+K)","O(K log K)","O(S*K*log S)")) rows.add(new Row("sklogk",b,false,skl));
    for(String b:List.of("O(S+log K)","O(S+K)","O(S*K)")) rows.add(new Row("s+lgk",b,true,sl));
    for(String b:List.of("O(S)","O(log K)")) rows.add(new Row("s+lgk",b,false,sl));
    for(String b:List.of("O(S^2+K)","O(S^2*K)")) rows.add(new Row("s2+k",b,true,s2));
    for(String b:List.of("O(S+K)","O(S^2)")) rows.add(new Row("s2+k",b,false,s2));
    rows.add(new Row("mix","O(S*K)",true,mix)); rows.add(new Row("mix","O(S+K)",false,mix));
    double[][] grids={{1,2,4,8,16,32, 16,32,64,128,256},{2,4,8,16,32,64, 64,128,256,512,1024},{1,2,3,4,6,8, 8,16,32,64,128}};
    long t0=System.nanoTime();int total=0;
    for(Row r:rows) for(double sigma:new double[]{.01,.05,-.02}) for(int gi=0;gi<3;gi++){
      Map<String,Integer> c=new TreeMap<>();StringBuilder ex=new StringBuilder();
      Expression e=Expression.parse(r.bound); List<CandidateTerm> dict=TermDictionary.over(List.of("S","K"),e);
      for(int seed=0;seed<seeds;seed++){ RandomGenerator g=new SplittableRandom(seed*31337L+r.name.hashCode()+gi); List<Point> ps=new ArrayList<>();
        for(int i=0;i<6;i++)for(int j=6;j<11;j++){double[] v=new double[5];for(int q=0;q<5;q++)v[q]=TableSimulation.noise(r.cost.applyAsDouble(grids[gi][i],grids[gi][j]),sigma,seed%2,g);ps.add(new Point(Map.of("S",grids[gi][i],"K",grids[gi][j]),List.of(v)));}
        Condensed cd=Condenser.condense(new DataSet("x","cycles",false,ps),List.of("S","K"));
        Growth gr=GrowthAnalyst.analyse(cd,dict,r.bound.equals("O(1)")?0:e.products().size()); String v=SimVerdict.of(gr); c.merge(v,1,Integer::sum);total++;
        if(!v.equals(r.truth?"ACCEPT":"REJECT")&&ex.length()<250)ex.append("\n     ").append(SimVerdict.explain(gr)); }
      int ok=c.getOrDefault(r.truth?"ACCEPT":"REJECT",0); if(ok<seeds*.99) System.out.printf("%-8s %-14s %s s=%.2f g=%d %.1f%% %s%s%n",r.name,r.bound,r.truth,sigma,gi,100.0*ok/seeds,c,ex);
    }
    System.out.printf("grid %d sets, %.0f us each%n",total,(System.nanoTime()-t0)/1e3/total);
  }
  static void naming(int seeds){
    Map<String,DoubleUnaryOperator> cs=new LinkedHashMap<>(); cs.put("1",n->1);cs.put("log n",TableSimulation::lg);cs.put("n",n->n);cs.put("n log n",n->n*lg(n));cs.put("n^2",n->n*n);cs.put("n^3",n->n*n*n);
    double mid=Math.sqrt(8*4096.0); int ok=0,all=0;
    for(String b:List.of("O(n^3)","own")) for(var e:cs.entrySet()) for(double m:new double[]{0,1,3,10}){ Map<String,Integer> c=new TreeMap<>();
      Expression ex=Expression.parse(b.equals("own")?"O("+e.getKey()+")":b); var dict=TermDictionary.over(List.of("n"),ex);
      for(int seed=0;seed<seeds;seed++){RandomGenerator g=new SplittableRandom(seed*999983L+e.getKey().hashCode()+(long)(m*7));
        DoubleUnaryOperator f=e.getValue(); double off=m*f.applyAsDouble(mid); DataSet d=TableSimulation.data(n->100*(off+f.applyAsDouble(n)),.05,seed%2,g);
        Growth gr=GrowthAnalyst.analyse(Condenser.condense(d,List.of("n")),dict,1); var terms=gr.best().hypothesis.terms();
        String name=terms.isEmpty()?"1":GrowthOrder.simplest(new Expression(terms.stream().map(CandidateTerm::product).toList())).products().getFirst().toString(); c.merge(name,1,Integer::sum);}
      int o=c.getOrDefault(e.getKey(),0); ok+=o;all+=seeds; if(o<seeds*.99)System.out.printf("name %s bound %s off %.0f: %.1f%% %s%n",e.getKey(),b,m,100.0*o/seeds,c);}
    System.out.printf("naming %.2f%%%n",100.0*ok/all);
  }
  static void cover(int seeds){
    for(double sigma:new double[]{.01,.05,-.02,.2}) for(int kind=0;kind<2;kind++){ int in0=0,in1=0,n0=0; var dict=TermDictionary.over(List.of("n"),Expression.parse("O(n)"));
      for(int seed=0;seed<seeds;seed++){ DataSet d=TableSimulation.data(n->300+20*n,sigma,kind,new SplittableRandom(seed*77L+kind)); Condensed c=Condenser.condense(d,List.of("n")); Growth gr=GrowthAnalyst.analyse(c,dict,1); Refit r=gr.within();
        if(r.hypothesis.terms().size()!=1||r.hypothesis.kind()!=RegimeKind.NONE)continue; n0++; double q=org.apache.commons.statistics.distribution.TDistribution.of(c.noise().degreesOfFreedom()).inverseSurvivalProbability(.025);
        if(Math.abs(r.coefficients[0]-300)<q*r.errors[0])in0++; if(Math.abs(r.coefficients[1]/4096-20)<q*r.errors[1]/4096)in1++; }
      System.out.printf("cover s=%.2f k=%d a %.1f b %.1f of %d%n",sigma,kind,100.0*in0/n0,100.0*in1/n0,n0);}
  }
}
