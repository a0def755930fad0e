/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of NVML's binary interface that the fake speaks, declared here because no NVIDIA header is at hand where
 * tests run. Sizes and offsets are those of nvml.h of API 12 and 13 on x86-64 Linux, and the assertions below hold the
 * declarations to them.
 */
#ifndef NVML_ABI_H
#define NVML_ABI_H

#include <stddef.h>

typedef int nvmlReturn_t;
typedef struct nvmlDevice_st *nvmlDevice_t;

enum { SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7,
       DRIVER_NOT_LOADED = 9, UNKNOWN = 999 };
enum { FIELD_TOTAL_ENERGY = 83, FIELD_POWER_AVERAGE = 185, FIELD_POWER_INSTANT = 186, FIELD_POWER_MAX_LIMIT = 188, FIELD_POWER_DEFAULT_LIMIT = 189,
       FIELD_POWER_CURRENT_LIMIT = 190, FIELD_ENERGY = 191 };
enum { SCOPE_GPU = 0, SCOPE_MODULE = 1 };
enum { TYPE_UINT = 1, TYPE_ULL = 3 };
enum { KEPLER = 2, MAXWELL, PASCAL, VOLTA, TURING, AMPERE, ADA, HOPPER, BLACKWELL };

typedef union {
    double dVal;
    int siVal;
    unsigned int uiVal;
    unsigned long ulVal;
    unsigned long long ullVal;
    long long sllVal;
    unsigned short usVal;
} nvmlValue_t;

typedef struct {
    unsigned int fieldId, scopeId;
    long long timestamp, latencyUsec;
    int valueType;
    nvmlReturn_t nvmlReturn;
    nvmlValue_t value;
} nvmlFieldValue_t;

typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;

typedef struct { unsigned long long total, free, used; } nvmlMemory_t;

typedef struct {
    unsigned int pid;
    unsigned long long usedGpuMemory;
    unsigned int gpuInstanceId, computeInstanceId;
} nvmlProcessInfo_t;

typedef struct {
    unsigned int pid;
    unsigned long long usedGpuMemory;
} nvmlProcessInfo_v1_t;

typedef struct {
    unsigned int pid;
    unsigned long long timeStamp;
    unsigned int smUtil, memUtil, encUtil, decUtil;
} nvmlProcessUtilizationSample_t;

typedef struct {
    char busIdLegacy[16];
    unsigned int domain, bus, device, pciDeviceId, pciSubSystemId;
    char busId[32];
} nvmlPciInfo_t;

typedef struct {
    unsigned int multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount, sharedJpegCount,
            sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount;
    unsigned long long memorySizeMB;
} nvmlDeviceAttributes_t;

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define AT(type, field, bytes) _Static_assert(offsetof(type, field) == (bytes), #type "." #field)

SIZE(nvmlValue_t, 8);
SIZE(nvmlFieldValue_t, 40); AT(nvmlFieldValue_t, scopeId, 4); AT(nvmlFieldValue_t, timestamp, 8);
AT(nvmlFieldValue_t, latencyUsec, 16); AT(nvmlFieldValue_t, valueType, 24); AT(nvmlFieldValue_t, nvmlReturn, 28);
AT(nvmlFieldValue_t, value, 32);
SIZE(nvmlUtilization_t, 8); AT(nvmlUtilization_t, memory, 4);
SIZE(nvmlMemory_t, 24); AT(nvmlMemory_t, free, 8); AT(nvmlMemory_t, used, 16);
SIZE(nvmlProcessInfo_t, 24); AT(nvmlProcessInfo_t, usedGpuMemory, 8); AT(nvmlProcessInfo_t, gpuInstanceId, 16);
AT(nvmlProcessInfo_t, computeInstanceId, 20);
SIZE(nvmlProcessInfo_v1_t, 16); AT(nvmlProcessInfo_v1_t, usedGpuMemory, 8);
SIZE(nvmlProcessUtilizationSample_t, 32); AT(nvmlProcessUtilizationSample_t, timeStamp, 8);
AT(nvmlProcessUtilizationSample_t, smUtil, 16); AT(nvmlProcessUtilizationSample_t, memUtil, 20);
AT(nvmlProcessUtilizationSample_t, encUtil, 24); AT(nvmlProcessUtilizationSample_t, decUtil, 28);
SIZE(nvmlPciInfo_t, 68); AT(nvmlPciInfo_t, domain, 16); AT(nvmlPciInfo_t, bus, 20); AT(nvmlPciInfo_t, device, 24);
AT(nvmlPciInfo_t, pciDeviceId, 28); AT(nvmlPciInfo_t, pciSubSystemId, 32); AT(nvmlPciInfo_t, busId, 36);
SIZE(nvmlDeviceAttributes_t, 40); AT(nvmlDeviceAttributes_t, gpuInstanceSliceCount, 24);
AT(nvmlDeviceAttributes_t, computeInstanceSliceCount, 28); AT(nvmlDeviceAttributes_t, memorySizeMB, 32);

#endif
