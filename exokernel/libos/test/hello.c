/* Arguments, output by stdio, a status. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    printf("%d arguments, the last is %s\n", argc, argc > 1 ? argv[argc - 1] : "none");
    fprintf(stderr, "and %s\n", getenv("NOTHING") ? "a variable" : "no variable");
    return 42;
}
