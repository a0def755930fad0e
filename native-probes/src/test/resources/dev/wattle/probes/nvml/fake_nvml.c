/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for libnvidia-ml.so.1: NVML's names and layouts over the machine of the file nvml.script that lies beside
 * the library.
 *
 * With "clock virtual", the nanoseconds since t = 0 are the eight bytes of the file nvml.clock there. How often each
 * function was called, and each field read ("field:185"), is counted in the file nvml.calls there: records of a name of
 * 56 bytes and a 64-bit number. Where the script says "hangs", a call of the function that the file nvml.hang names does
 * not return while it does. A function named in -DWITHOUT_<name> is not in the library, as in an older driver's.
 *
 * Calls from several threads run one after the other, as in a driver; one that the script delays holds up the others.
 */
#define _GNU_SOURCE
#include "fake_machine.h"
#include "nvml_abi.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where WITHOUT_x is 1, COMMA_1 moves ABSENT into second place; where it is not defined, PRESENT stands there. */
#define COMMA_1 ,
#define SECOND_OF(first, second, ...) second
#define CHOOSE(comma) SECOND_OF(comma ABSENT, PRESENT, )
#define LINKAGE_OF(value) CHOOSE(COMMA_##value)
#define LINKAGE(flag) LINKAGE_OF(flag)
#define PRESENT __attribute__((visibility("default")))
#define ABSENT __attribute__((unused)) static
#define NVML(name, ...) LINKAGE(WITHOUT_##name) nvmlReturn_t name(__VA_ARGS__)

/* First in every function: holds the lock until it returns, and returns where the script or the driver says so. */
#define CALL(gpu)                                                                   \
    __attribute__((cleanup(unlock))) pthread_mutex_t *held = &lock;                 \
    pthread_mutex_lock(held);                                                       \
    nvmlReturn_t refusal = admit(__func__, gpu);                                    \
    if (refusal != SUCCESS) {                                                       \
        return refusal;                                                             \
    }

#define NEED(condition, code)                                                       \
    if (!(condition)) {                                                             \
        return code;                                                                \
    }

#define SYSTEM_CALL(out)                                                            \
    CALL(-1)                                                                        \
    NEED(initialised > 0, UNINITIALIZED)                                            \
    NEED((out) != NULL, INVALID_ARGUMENT)

#define DEVICE_CALL(device, out)                                                    \
    CALL(index_of(target(device)))                                                  \
    NEED(initialised > 0, UNINITIALIZED)                                            \
    const Target at = target(device);                                               \
    NEED(at.gpu != NULL && (out) != NULL, INVALID_ARGUMENT)

/* A function of a device with one result: what it returns, in which `at` is the device and `out` the result. */
#define DEVICE_QUERY(name, type, returned)                                          \
    NVML(name, nvmlDevice_t device, type *out)                                      \
    {                                                                               \
        DEVICE_CALL(device, out)                                                    \
        return returned;                                                            \
    }

/* A GPU, or a slice of one. */
typedef struct {
    const Gpu *gpu;
    const Slice *slice;
} Target;

typedef struct {
    char name[56];
    uint64_t count;
} Record;

enum { RECORDS = 128 };

/* Samples of utilisation come every 1/6 s to 1 s, by product. */
static const int64_t UTILISATION_PERIOD = 200000000;
/* The wall clock of a virtual t = 0: 2026-01-01 00:00 UTC. */
static const int64_t VIRTUAL_EPOCH_MICROS = 1767225600000000;
/* Handles are none of the pointers and none of the small numbers that a caller could hold by chance. */
static const uintptr_t FIRST_HANDLE = 0x4e564d4c00000000;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum { UNREAD, READ, UNREADABLE } script;
static Machine machine;
static Target targets[128];
static int target_count;
static Record *records;
static const volatile int64_t *virtual_clock;
static int64_t epoch_micros, now;
static int initialised, generation, unloads_seen;
static const char *asked = "";
static int asked_gpu;

static void unlock(pthread_mutex_t **held)
{
    pthread_mutex_unlock(*held);
}

static int64_t nanos_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void *map(const char *directory, const char *name, size_t bytes)
{
    char file[4096];
    struct stat status;
    snprintf(file, sizeof file, "%s/%s", directory, name);
    int descriptor = open(file, O_RDWR | O_CREAT, 0644);
    if (descriptor < 0 || fstat(descriptor, &status) != 0
        || ((size_t) status.st_size < bytes && ftruncate(descriptor, (off_t) bytes) != 0)) {
        return NULL;
    }
    void *mapped = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    return mapped == MAP_FAILED ? NULL : mapped;
}

static char hang_file[4096];

static bool set_up(void)
{
    Dl_info self;
    char directory[2048], file[4096];
    if (dladdr((void *) &lock, &self) == 0) {
        return false;
    }
    snprintf(directory, sizeof directory, "%s", self.dli_fname);
    char *slash = strrchr(directory, '/');
    *(slash == NULL ? directory : slash) = '\0';
    snprintf(file, sizeof file, "%s/nvml.script", directory);
    snprintf(hang_file, sizeof hang_file, "%s/nvml.hang", directory);
    records = map(directory, "nvml.calls", RECORDS * sizeof(Record));
    if (records == NULL || !read_script(file, &machine)) {
        return false;
    }
    for (int i = 0; i < machine.gpuCount; i++) {
        const Gpu *gpu = &machine.gpus[i];
        targets[target_count++] = (Target) { gpu, NULL };
        for (int slice = 0; gpu->mig && slice < gpu->sliceCount; slice++) {
            targets[target_count++] = (Target) { gpu, &gpu->slices[slice] };
        }
    }
    if (!machine.virtualTime) {
        epoch_micros = (nanos_of(CLOCK_REALTIME) - nanos_of(CLOCK_MONOTONIC) + machine.start) / 1000;
        return true;
    }
    epoch_micros = VIRTUAL_EPOCH_MICROS;
    virtual_clock = map(directory, "nvml.clock", sizeof *virtual_clock);
    return virtual_clock != NULL;
}

static void count(const char *name)
{
    for (int i = 0; i < RECORDS; i++) {
        if (records[i].name[0] == '\0') {
            snprintf(records[i].name, sizeof records[i].name, "%s", name);
        }
        if (strcmp(records[i].name, name) == 0) {
            records[i].count++;
            return;
        }
    }
}

/* The first fault that is of this kind and about this. */
static const Fault *first_fault(FaultKind kind, const char *what, int gpu, int scope)
{
    for (int i = 0; i < machine.faultCount; i++) {
        Fault *fault = &machine.faults[i];
        if (fault->kind == kind && holds(fault->span, now)
            && (strcmp(fault->what, "*") == 0 || strcmp(fault->what, what) == 0)
            && (fault->gpu < 0 || fault->gpu == gpu) && (fault->scope < 0 || fault->scope == scope)
            && ++fault->seen % fault->every == 0) {
            return fault;
        }
    }
    return NULL;
}

/* What it says; 0 where there is none. */
static int fault(FaultKind kind, const char *what, int gpu, int scope)
{
    const Fault *found = first_fault(kind, what, gpu, scope);
    return found == NULL ? 0 : (int) found->value;
}

/* What is told of a number by the function or field that is asked now. */
static uint64_t told(uint64_t truth)
{
    const Fault *lie = first_fault(LIE, asked, asked_gpu, -1);
    return lie == NULL ? truth : (uint64_t) lie->value;
}

static void look_at_clock(void)
{
    now = machine.virtualTime ? *virtual_clock : nanos_of(CLOCK_MONOTONIC) - machine.start;
}

static int unloads_begun(void)
{
    int begun = 0;
    for (int i = 0; i < machine.unloadCount; i++) {
        begun += machine.unloads[i].from <= now;
    }
    return begun;
}

/* Whether the file nvml.hang names the function, or all. */
static bool is_to_hang(const char *function)
{
    char named[56] = "";
    FILE *file = machine.hangs ? fopen(hang_file, "re") : NULL;
    if (file == NULL) {
        return false;
    }
    bool read = fscanf(file, "%55s", named) == 1;
    fclose(file);
    return read && (strcmp(named, "*") == 0 || strcmp(named, function) == 0);
}

/* Until the file says otherwise; "hang" is counted once a call. */
static void hang(const char *function)
{
    if (!is_to_hang(function)) {
        return;
    }
    count("hang");
    do {
        nanosleep(&(struct timespec) { 0, 2000000L }, NULL);
    } while (is_to_hang(function));
}

static nvmlReturn_t admit(const char *function, int gpu)
{
    if (script == UNREAD) {
        script = set_up() ? READ : UNREADABLE;
    }
    NEED(script == READ, UNKNOWN)
    asked = function;
    asked_gpu = gpu;
    count(function);
    hang(function);
    look_at_clock();
    int micros = fault(DELAY, function, gpu, -1);
    if (micros > 0) {
        nanosleep(&(struct timespec) { micros / 1000000, micros % 1000000 * 1000L }, NULL);
        look_at_clock();
    }
    /* A driver that goes away takes every initialisation with it. */
    if (unloads_begun() != unloads_seen) {
        initialised = 0;
    }
    return fault(FAIL, function, gpu, -1);
}

/* A handle is of one initialisation: one from before the driver went away, or before a shutdown, is no handle. */
static uintptr_t first_handle(void)
{
    return FIRST_HANDLE + (uintptr_t) generation * (sizeof targets / sizeof *targets);
}

static Target target(nvmlDevice_t device)
{
    uintptr_t index = (uintptr_t) device - first_handle();
    return index < (uintptr_t) target_count ? targets[index] : (Target) { NULL, NULL };
}

static nvmlReturn_t give_handle(nvmlDevice_t *out, const Gpu *gpu, const Slice *slice)
{
    int index = 0;
    while (targets[index].gpu != gpu || targets[index].slice != slice) {
        index++;
    }
    *out = (nvmlDevice_t) (first_handle() + (uintptr_t) index);
    return SUCCESS;
}

static int index_of(Target at)
{
    return at.gpu == NULL ? -1 : (int) (at.gpu - machine.gpus);
}

static nvmlReturn_t give(unsigned int *out, unsigned int value)
{
    *out = (unsigned int) told(value);
    return SUCCESS;
}

static nvmlReturn_t give_text(char *out, unsigned int length, const char *text)
{
    NEED(strlen(text) < length, INSUFFICIENT_SIZE)
    strcpy(out, text);
    return SUCCESS;
}

/* The library and the driver. */

static nvmlReturn_t initialise(void)
{
    for (int i = 0; i < machine.unloadCount; i++) {
        NEED(!holds(machine.unloads[i], now), DRIVER_NOT_LOADED)
    }
    if (initialised++ == 0) {
        generation++;
        unloads_seen = unloads_begun();
    }
    return SUCCESS;
}

NVML(nvmlInit_v2, void)
{
    CALL(-1)
    return initialise();
}

NVML(nvmlInitWithFlags, unsigned int flags)
{
    (void) flags;
    CALL(-1)
    return initialise();
}

NVML(nvmlShutdown, void)
{
    CALL(-1)
    NEED(generation > 0, UNINITIALIZED)
    initialised -= initialised > 0;
    return SUCCESS;
}

/* The one function that needs no driver, and is not counted. */
LINKAGE(WITHOUT_nvmlErrorString) const char *nvmlErrorString(nvmlReturn_t code)
{
    static const char *const strings[] = {
        "Success", "Uninitialized", "Invalid Argument", "Not Supported", "Insufficient Permissions",
        "Already Initialized", "Not Found", "Insufficient Size", "Insufficient External Power", "Driver Not Loaded",
        "Timeout", "Interrupt Request Issue", "NVML Shared Library Not Found", "Function Not Found",
        "Corrupted infoROM", "GPU is lost", "GPU requires reset", "The operating system has blocked the request",
        "Driver/library version mismatch", "In use by another client", "Insufficient Memory", "No data",
    };
    return code >= 0 && code < (int) (sizeof strings / sizeof *strings) ? strings[code] : "Unknown Error";
}

NVML(nvmlSystemGetDriverVersion, char *version, unsigned int length)
{
    SYSTEM_CALL(version)
    return give_text(version, length, machine.driver);
}

NVML(nvmlSystemGetNVMLVersion, char *version, unsigned int length)
{
    SYSTEM_CALL(version)
    char own[96];
    snprintf(own, sizeof own, "%d.%s", machine.cuda / 1000, machine.driver);
    return give_text(version, length, own);
}

NVML(nvmlSystemGetCudaDriverVersion_v2, int *version)
{
    SYSTEM_CALL(version)
    *version = machine.cuda;
    return SUCCESS;
}

/* Which devices there are, and what they are. */

NVML(nvmlDeviceGetCount_v2, unsigned int *devices)
{
    SYSTEM_CALL(devices)
    return give(devices, (unsigned int) machine.gpuCount);
}

NVML(nvmlDeviceGetHandleByIndex_v2, unsigned int index, nvmlDevice_t *device)
{
    CALL((int) index)
    NEED(initialised > 0, UNINITIALIZED)
    NEED(index < (unsigned int) machine.gpuCount && device != NULL, INVALID_ARGUMENT)
    return give_handle(device, &machine.gpus[index], NULL);
}

NVML(nvmlDeviceGetHandleByUUID, const char *uuid, nvmlDevice_t *device)
{
    SYSTEM_CALL(device)
    NEED(uuid != NULL, INVALID_ARGUMENT)
    for (int i = 0; i < target_count; i++) {
        if (strcmp(uuid, targets[i].slice == NULL ? targets[i].gpu->uuid : targets[i].slice->uuid) == 0) {
            return give_handle(device, targets[i].gpu, targets[i].slice);
        }
    }
    return NOT_FOUND;
}

NVML(nvmlDeviceGetHandleByPciBusId_v2, const char *id, nvmlDevice_t *device)
{
    SYSTEM_CALL(device)
    unsigned int domain, bus, slot;
    NEED(id != NULL && sscanf(id, "%x:%x:%x.0", &domain, &bus, &slot) == 3, INVALID_ARGUMENT)
    for (int i = 0; i < machine.gpuCount; i++) {
        const Gpu *gpu = &machine.gpus[i];
        if (gpu->domain == domain && gpu->bus == bus && gpu->device == slot) {
            return give_handle(device, gpu, NULL);
        }
    }
    return NOT_FOUND;
}

NVML(nvmlDeviceGetUUID, nvmlDevice_t device, char *uuid, unsigned int length)
{
    DEVICE_CALL(device, uuid)
    return give_text(uuid, length, at.slice == NULL ? at.gpu->uuid : at.slice->uuid);
}

NVML(nvmlDeviceGetName, nvmlDevice_t device, char *name, unsigned int length)
{
    DEVICE_CALL(device, name)
    NEED(at.slice != NULL, give_text(name, length, at.gpu->name))
    char own[128];
    snprintf(own, sizeof own, "%s MIG %ug.%llugb", at.gpu->name, at.slice->count, (at.slice->mebibytes + 1023) / 1024);
    return give_text(name, length, own);
}

NVML(nvmlDeviceGetPciInfo_v3, nvmlDevice_t device, nvmlPciInfo_t *pci)
{
    DEVICE_CALL(device, pci)
    const Gpu *gpu = at.gpu;
    *pci = (nvmlPciInfo_t) {
        .domain = gpu->domain, .bus = gpu->bus, .device = gpu->device, .pciDeviceId = gpu->pciDeviceId
    };
    snprintf(pci->busId, sizeof pci->busId, "%08X:%02X:%02X.0", gpu->domain, gpu->bus, gpu->device);
    /* Four digits of domain instead of eight. */
    memcpy(pci->busIdLegacy, pci->busId + 4, strlen(pci->busId + 4));
    return SUCCESS;
}

NVML(nvmlDeviceGetCudaComputeCapability, nvmlDevice_t device, int *major, int *minor)
{
    DEVICE_CALL(device, major)
    NEED(minor != NULL, INVALID_ARGUMENT)
    *major = at.gpu->major;
    *minor = at.gpu->minor;
    return SUCCESS;
}

DEVICE_QUERY(nvmlDeviceGetArchitecture, unsigned int, give(out, at.gpu->architecture))
DEVICE_QUERY(nvmlDeviceGetMinorNumber, unsigned int, give(out, (unsigned int) index_of(at)))
DEVICE_QUERY(nvmlDeviceGetIndex, unsigned int,
             give(out, (unsigned int) (at.slice == NULL ? index_of(at) : at.slice - at.gpu->slices)))

/* Power and energy. */

static nvmlReturn_t power(Target at, int sensor, bool module, unsigned int *out)
{
    const Sensor *chosen = &at.gpu->sensors[sensor];
    NEED(at.slice == NULL && chosen->kind != NONE, NOT_SUPPORTED)
    return give(out, milliwatts(&at.gpu->power, chosen, module ? at.gpu->module : 1, now));
}

static nvmlReturn_t energy(Target at, bool module, unsigned long long *out)
{
    NEED(at.slice == NULL && at.gpu->counterPeriod > 0, NOT_SUPPORTED)
    *out = told(millijoules(&machine, at.gpu, module, now));
    return SUCCESS;
}

static nvmlReturn_t limit(Target at, unsigned int limit, unsigned int *out)
{
    NEED(at.slice == NULL && limit > 0, NOT_SUPPORTED)
    return give(out, limit);
}

DEVICE_QUERY(nvmlDeviceGetPowerUsage, unsigned int, power(at, POWER_USAGE, false, out))
DEVICE_QUERY(nvmlDeviceGetTotalEnergyConsumption, unsigned long long, energy(at, at.gpu->counterCoversModule, out))
DEVICE_QUERY(nvmlDeviceGetPowerManagementLimit, unsigned int, limit(at, at.gpu->limit, out))
DEVICE_QUERY(nvmlDeviceGetEnforcedPowerLimit, unsigned int, limit(at, at.gpu->enforcedLimit, out))
DEVICE_QUERY(nvmlDeviceGetPowerManagementDefaultLimit, unsigned int, limit(at, at.gpu->defaultLimit, out))

NVML(nvmlDeviceGetPowerManagementLimitConstraints, nvmlDevice_t device, unsigned int *least, unsigned int *most)
{
    DEVICE_CALL(device, least)
    NEED(most != NULL, INVALID_ARGUMENT)
    *least = at.gpu->limit / 4;
    return limit(at, at.gpu->limit, most);
}

static nvmlReturn_t read_field(Target at, nvmlFieldValue_t *field)
{
    static char name[24];
    snprintf(name, sizeof name, "field:%u", field->fieldId);
    count(name);
    asked = name;
    int code = fault(FAIL_FIELD, name + strlen("field:"), index_of(at), (int) field->scopeId);
    NEED(code == SUCCESS, code)
    bool module = field->scopeId == SCOPE_MODULE;
    NEED(field->scopeId == SCOPE_GPU || (module && at.gpu->module > 0), NOT_SUPPORTED)
    /* These came with the drivers after 530; 83 is older. */
    NEED(field->fieldId < FIELD_POWER_AVERAGE || atoi(machine.driver) > 530, NOT_SUPPORTED)
    field->valueType = TYPE_UINT;
    switch (field->fieldId) {
    case FIELD_POWER_AVERAGE:
        return power(at, POWER_AVERAGE, module, &field->value.uiVal);
    case FIELD_POWER_INSTANT:
        return power(at, POWER_INSTANT, module, &field->value.uiVal);
    case FIELD_POWER_MAX_LIMIT:
        return limit(at, module ? at.gpu->moduleLimit : at.gpu->limit, &field->value.uiVal);
    case FIELD_POWER_DEFAULT_LIMIT:
        return limit(at, module ? at.gpu->moduleLimit : at.gpu->defaultLimit, &field->value.uiVal);
    case FIELD_POWER_CURRENT_LIMIT:
        return limit(at, module ? at.gpu->moduleLimit : at.gpu->enforcedLimit, &field->value.uiVal);
    case FIELD_TOTAL_ENERGY:
    case FIELD_ENERGY:
        module |= field->fieldId == FIELD_TOTAL_ENERGY && at.gpu->counterCoversModule;
        field->valueType = TYPE_ULL;
        return energy(at, module, &field->value.ullVal);
    default:
        return NOT_SUPPORTED;
    }
}

NVML(nvmlDeviceGetFieldValues, nvmlDevice_t device, int fields, nvmlFieldValue_t *values)
{
    DEVICE_CALL(device, values)
    NEED(fields > 0, INVALID_ARGUMENT)
    for (int i = 0; i < fields; i++) {
        values[i].timestamp = epoch_micros + now / 1000;
        values[i].latencyUsec = 0;
        values[i].nvmlReturn = read_field(at, &values[i]);
    }
    return SUCCESS;
}

/* Work. */

static bool runs_here(Target at, const Process *process)
{
    return holds(process->span, now) && (at.slice == NULL || process->slice == at.slice - at.gpu->slices);
}

NVML(nvmlDeviceGetMemoryInfo, nvmlDevice_t device, nvmlMemory_t *memory)
{
    DEVICE_CALL(device, memory)
    memory->total = (at.slice == NULL ? at.gpu->mebibytes : at.slice->mebibytes) << 20;
    memory->used = 0;
    for (int i = 0; i < at.gpu->processCount; i++) {
        memory->used += runs_here(at, &at.gpu->processes[i]) ? at.gpu->processes[i].bytes : 0;
    }
    memory->free = memory->total - memory->used;
    return SUCCESS;
}

NVML(nvmlDeviceGetUtilizationRates, nvmlDevice_t device, nvmlUtilization_t *utilization)
{
    DEVICE_CALL(device, utilization)
    NEED(!at.gpu->mig, NOT_SUPPORTED)
    *utilization = (nvmlUtilization_t) { 0, 0 };
    for (int i = 0; i < at.gpu->loadCount; i++) {
        if (holds(at.gpu->loads[i].span, now)) {
            *utilization = (nvmlUtilization_t) { at.gpu->loads[i].gpu, at.gpu->loads[i].memory };
        }
    }
    utilization->gpu = (unsigned int) told(utilization->gpu);
    return SUCCESS;
}

NVML(nvmlDeviceGetProcessUtilization, nvmlDevice_t device, nvmlProcessUtilizationSample_t *samples, unsigned int *room,
     unsigned long long last_seen)
{
    DEVICE_CALL(device, room)
    NEED(!at.gpu->mig, NOT_SUPPORTED)
    int64_t update = last_update(now, UTILISATION_PERIOD);
    unsigned long long micros = (unsigned long long) (epoch_micros + update / 1000);
    unsigned int found = 0;
    for (int i = 0; i < at.gpu->processCount; i++) {
        const Process *process = &at.gpu->processes[i];
        if (process->sm == 0 || micros <= last_seen || !holds(process->span, update)) {
            continue;
        }
        if (samples != NULL && found < *room) {
            samples[found] = (nvmlProcessUtilizationSample_t) {
                .pid = process->pid, .timeStamp = micros, .smUtil = process->sm
            };
        }
        found++;
    }
    bool fits = samples != NULL && found <= *room;
    *room = found;
    return found == 0 ? NOT_FOUND : fits ? SUCCESS : INSUFFICIENT_SIZE;
}

/* Fills the array of either layout. */
static nvmlReturn_t processes(Target at, bool mps, unsigned int *room, nvmlProcessInfo_t *infos,
                              nvmlProcessInfo_v1_t *old)
{
    NEED(*room == 0 || infos != NULL || old != NULL, INVALID_ARGUMENT)
    unsigned int found = 0;
    for (int i = 0; i < at.gpu->processCount; i++) {
        const Process *process = &at.gpu->processes[i];
        if (process->mps != mps || !runs_here(at, process)) {
            continue;
        }
        if (found < *room && infos != NULL) {
            const Slice *slice = at.gpu->mig && process->slice >= 0 ? &at.gpu->slices[process->slice] : NULL;
            infos[found] = (nvmlProcessInfo_t) { process->pid, process->bytes,
                slice == NULL ? 0xffffffff : slice->gpuInstance, slice == NULL ? 0xffffffff : slice->computeInstance };
        } else if (found < *room) {
            old[found] = (nvmlProcessInfo_v1_t) { process->pid, process->bytes };
        }
        found++;
    }
    bool fits = found <= *room;
    *room = found;
    return fits ? SUCCESS : INSUFFICIENT_SIZE;
}

NVML(nvmlDeviceGetComputeRunningProcesses_v3, nvmlDevice_t device, unsigned int *room, nvmlProcessInfo_t *infos)
{
    DEVICE_CALL(device, room)
    return processes(at, false, room, infos, NULL);
}

NVML(nvmlDeviceGetComputeRunningProcesses_v2, nvmlDevice_t device, unsigned int *room, nvmlProcessInfo_t *infos)
{
    DEVICE_CALL(device, room)
    return processes(at, false, room, infos, NULL);
}

NVML(nvmlDeviceGetMPSComputeRunningProcesses_v3, nvmlDevice_t device, unsigned int *room, nvmlProcessInfo_t *infos)
{
    DEVICE_CALL(device, room)
    return processes(at, true, room, infos, NULL);
}

/* From before there was MIG: who reads 24 bytes for each process here reads garbage. */
NVML(nvmlDeviceGetComputeRunningProcesses, nvmlDevice_t device, unsigned int *room, nvmlProcessInfo_v1_t *infos)
{
    DEVICE_CALL(device, room)
    return processes(at, false, room, NULL, infos);
}

/* MIG. */

static bool can_be_sliced(const Gpu *gpu)
{
    return gpu->major >= 8 && gpu->minor == 0;
}

NVML(nvmlDeviceGetMigMode, nvmlDevice_t device, unsigned int *current, unsigned int *pending)
{
    DEVICE_CALL(device, current)
    NEED(pending != NULL, INVALID_ARGUMENT)
    NEED(at.slice == NULL && can_be_sliced(at.gpu), NOT_SUPPORTED)
    *current = *pending = at.gpu->mig;
    return SUCCESS;
}

NVML(nvmlDeviceGetMigDeviceHandleByIndex, nvmlDevice_t device, unsigned int index, nvmlDevice_t *slice)
{
    DEVICE_CALL(device, slice)
    NEED(at.slice == NULL && index < MOST_SLICES, INVALID_ARGUMENT)
    NEED(can_be_sliced(at.gpu), NOT_SUPPORTED)
    NEED(at.gpu->mig && index < (unsigned int) at.gpu->sliceCount, NOT_FOUND)
    return give_handle(slice, at.gpu, &at.gpu->slices[index]);
}

NVML(nvmlDeviceGetAttributes_v2, nvmlDevice_t slice, nvmlDeviceAttributes_t *attributes)
{
    DEVICE_CALL(slice, attributes)
    NEED(at.slice != NULL, NOT_SUPPORTED)
    *attributes = (nvmlDeviceAttributes_t) {
        .gpuInstanceSliceCount = at.slice->count,
        .computeInstanceSliceCount = at.slice->count,
        .memorySizeMB = at.slice->mebibytes,
    };
    return SUCCESS;
}

DEVICE_QUERY(nvmlDeviceGetMaxMigDeviceCount, unsigned int, give(out, at.slice == NULL && at.gpu->mig ? MOST_SLICES : 0))
DEVICE_QUERY(nvmlDeviceIsMigDeviceHandle, unsigned int, give(out, at.slice != NULL))
DEVICE_QUERY(nvmlDeviceGetDeviceHandleFromMigDeviceHandle, nvmlDevice_t,
             at.slice == NULL ? INVALID_ARGUMENT : give_handle(out, at.gpu, NULL))
DEVICE_QUERY(nvmlDeviceGetGpuInstanceId, unsigned int,
             at.slice == NULL ? NOT_SUPPORTED : give(out, at.slice->gpuInstance))
DEVICE_QUERY(nvmlDeviceGetComputeInstanceId, unsigned int,
             at.slice == NULL ? NOT_SUPPORTED : give(out, at.slice->computeInstance))
