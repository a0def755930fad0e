/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for libcuda.so.1: the functions of the driver's interface that the benchmark of GPUs calls. A launch takes
 * five milliseconds, and a loss that is copied back falls by a hundredth from one copy to the next.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <string.h>
#include <time.h>

#define CUDA __attribute__((visibility("default"))) int

static float loss = 4096;

CUDA cuInit(unsigned int flags) { return flags == 0 ? 0 : 1; }

CUDA cuDeviceGet(int *device, int ordinal)
{
    *device = ordinal;
    return 0;
}

CUDA cuDeviceGetAttribute(int *value, int attribute, int device)
{
    *value = attribute == 16 && device == 0 ? 4 : 0;
    return 0;
}

CUDA cuDevicePrimaryCtxRetain(void **context, int device)
{
    *context = (void *) (size_t) (device + 0x100);
    return 0;
}

CUDA cuDevicePrimaryCtxRelease_v2(int device) { return device; }

CUDA cuCtxSetCurrent(void *context) { return context == (void *) 0x100 ? 0 : 201; }

/* The text ends with a zero. */
CUDA cuModuleLoadData(void **module, const char *ptx)
{
    *module = (void *) 0x200;
    return strstr(ptx, ".visible .entry burn(") != NULL && strstr(ptx, ".visible .entry train(") != NULL ? 0 : 218;
}

CUDA cuModuleGetFunction(void **function, void *module, const char *name)
{
    *function = (void *) (size_t) (strcmp(name, "train") == 0 ? 0x301 : 0x300);
    return module == (void *) 0x200 ? 0 : 400;
}

CUDA cuMemAlloc_v2(unsigned long long *pointer, size_t bytes)
{
    static unsigned long long next = 0x10000000;
    *pointer = next;
    next += bytes;
    return bytes > 0 ? 0 : 1;
}

CUDA cuMemsetD32_v2(unsigned long long pointer, unsigned int value, size_t words)
{
    (void) value;
    return pointer >= 0x10000000 && words > 0 ? 0 : 1;
}

CUDA cuMemcpyDtoH_v2(void *host, unsigned long long pointer, size_t bytes)
{
    loss *= 0.99F;
    memcpy(host, &loss, bytes < sizeof loss ? bytes : sizeof loss);
    return pointer >= 0x10000000 ? 0 : 1;
}

CUDA cuLaunchKernel(void *function, unsigned int gx, unsigned int gy, unsigned int gz, unsigned int bx, unsigned int by,
                    unsigned int bz, unsigned int shared, void *stream, void **parameters, void **extra)
{
    (void) shared;
    nanosleep(&(struct timespec) { 0, 5000000 }, NULL);
    if (gx * gy * gz == 0 || bx * by * bz == 0 || stream != NULL || extra != NULL) {
        return 1;
    }
    /* The weights' or the sink's address comes first, and the rounds last. */
    unsigned int rounds = *(unsigned int *) parameters[function == (void *) 0x301 ? 3 : 1];
    return *(unsigned long long *) parameters[0] >= 0x10000000 && rounds > 0 ? 0 : 1;
}

CUDA cuCtxSynchronize(void) { return 0; }
