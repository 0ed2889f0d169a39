/* x87, SSE, and the maths of the C library over system calls and faults. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    double sum = 0;
    long double large = 1;

    for (int i = 1; i < 2000; i++) {
        sum += 1.0 / i;
        large *= 1.0001L;
        if (i % 100 == 0)
            getppid();
        char *p = malloc(5000);
        memset(p, i, 5000);
        sum += p[4999] & 1;
    }
    printf("%.12f %.12Lf %.12f\n", sum, large, sqrt(sum));
    printf("%s\n", strtod("1e300", NULL) * 1e10 > 1e309 ? "infinite" : "finite");
    return 0;
}
