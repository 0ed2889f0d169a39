/* SPDX-License-Identifier: MIT
 * Declared only: stubs.c stops the kernel at those that your benchmarks call. */
#ifndef KIT_MATH_H
#define KIT_MATH_H
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define HUGE_VAL __builtin_huge_val()
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define M_PI 3.14159265358979323846
double fabs(double x);
double sqrt(double x);
double floor(double x);
double ceil(double x);
double round(double x);
double trunc(double x);
double fmod(double x, double y);
double pow(double x, double y);
double exp(double x);
double log(double x);
double log2(double x);
double log10(double x);
double sin(double x);
double cos(double x);
double tan(double x);
double atan2(double y, double x);
float fabsf(float x);
float sqrtf(float x);
float floorf(float x);
float ceilf(float x);
#endif
