/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A machine with GPUs as a script describes it, and what its sensors and counters show at an instant.
 *
 * A script is lines of words with one space between them; what follows a # is a comment. Times are seconds since
 * t = 0, powers watts. What stands in brackets may be left out, and stands in any order at the end of its line. WHEN is
 * [from SECONDS] [to SECONDS], the end excluded.
 *
 *   driver VERSION                             550.54.15 where not said
 *   cuda NUMBER                                12040 where not said
 *   clock virtual                              the time is in the file nvml.clock
 *   clock real NANOS                           t = 0 is at this CLOCK_MONOTONIC
 *   unload from SECONDS to SECONDS             the driver is away, and counts from 0 when it is back
 *   fail FUNCTION|* CODE [gpu N] [every N] WHEN
 *   failfield FIELD|* CODE [gpu N] [scope N] [every N] WHEN
 *   delay FUNCTION|* MICROS [gpu N] [every N] WHEN
 *   lie FUNCTION|field:FIELD NUMBER [gpu N] [every N] WHEN
 *                                              succeeds and tells this in place of its first number
 *   hangs                                      a call hangs while the file nvml.hang names its function, or *
 *   gpu                                        the next GPU; the lines below are about the last of these
 *   name WORDS
 *   uuid UUID
 *   capability MAJOR MINOR                     decides the architecture, and with the driver the sensors
 *   architecture NUMBER                        where it is not what the capability says
 *   pci DOMAIN:BUS:DEVICE.0
 *   pci device HEX                             device and vendor
 *   memory MEBIBYTES
 *   limit WATTS                                all three power limits; the lines below one of them
 *   limit enforced WATTS
 *   limit default WATTS
 *   sensor power|average|instant none
 *   sensor power|average|instant window|filter SECONDS period SECONDS
 *   energy none                                no counter, as before Volta
 *   energy period SECONDS                      how often the counter is renewed; 0.1 where not said
 *   energy start JOULES                        at t = 0
 *   energy gain FACTOR                         counted joules for each that was drawn
 *   energy reset SECONDS                       the counter starts again at 0
 *   energy covers module                       the counter, but not field 191, is the module's
 *   power constant WATTS
 *   power ramp FROM TO SECONDS                 from t = 0 on, and constant afterwards
 *   power square HIGH LOW period SECONDS [duty FRACTION] [phase SECONDS]
 *   power sine MEAN AMPLITUDE period SECONDS [phase SECONDS]
 *   power steps SECONDS WATTS ...              each from its time on
 *   module FACTOR limit WATTS                  a module that draws the GPU's power times this
 *   utilization GPU MEMORY WHEN                percent; 0 where no line holds, the last of those that hold
 *   process PID|self [bytes N] [sm PERCENT] [slice N] [mps 1] WHEN
 *                                              with mps 1 a client of an MPS server: on the list of those alone
 *   mig                                        MIG is enabled
 *   slice UUID gi N ci N slices N mebibytes N
 *
 * A wave's phase is how far it is into its period at t = 0. Before t = 0 every power is what it is at 0.
 */
#ifndef FAKE_MACHINE_H
#define FAKE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* A library in a JVM shows the names of NVML and no other. */
#pragma GCC visibility push(hidden)

typedef struct { int64_t from, to; } Span;

typedef struct {
    enum { CONSTANT, RAMP, SQUARE, SINE, STEPS } shape;
    long double a, b, seconds, duty, phase;
    long double *times, *watts;
    int count;
} Power;

/* Shows at every whole period the mean over the window before, or a first-order low-pass of that time constant. */
typedef struct {
    enum { BY_ARCHITECTURE, NONE, WINDOW, FILTER } kind;
    int64_t length, period;
} Sensor;

enum { POWER_USAGE, POWER_AVERAGE, POWER_INSTANT };

typedef struct {
    unsigned int pid, sm;
    unsigned long long bytes;
    int slice;
    bool mps;
    Span span;
} Process;

typedef struct {
    unsigned int gpu, memory;
    Span span;
} Load;

typedef struct {
    char uuid[80];
    unsigned int gpuInstance, computeInstance, count;
    unsigned long long mebibytes;
} Slice;

enum { MOST_SLICES = 7 };

typedef struct {
    char name[64], uuid[80];
    int major, minor;
    unsigned int architecture, domain, bus, device, pciDeviceId;
    unsigned long long mebibytes;
    unsigned int limit, enforcedLimit, defaultLimit, moduleLimit;
    Sensor sensors[3];
    bool counterCoversModule, mig;
    int64_t counterPeriod; /* 0 without a counter */
    long double startJoules, counterGain, module;
    Power power;
    int64_t resets[16];
    Load loads[64];
    Process processes[64];
    Slice slices[MOST_SLICES];
    int resetCount, loadCount, processCount, sliceCount;
} Gpu;

typedef enum { FAIL, FAIL_FIELD, DELAY, LIE } FaultKind;

typedef struct {
    FaultKind kind;
    char what[56];
    int64_t value;
    int gpu, scope;
    unsigned int every, seen;
    Span span;
} Fault;

typedef struct {
    char driver[80];
    int cuda;
    bool virtualTime, hangs;
    int64_t start;
    Span unloads[16];
    Fault faults[64];
    Gpu gpus[16];
    int unloadCount, faultCount, gpuCount;
} Machine;

/* Of a machine that is all zero. Says on standard error which line it does not understand, and returns false. */
bool read_script(const char *file, Machine *machine);

bool holds(Span span, int64_t now);

/* The last whole period up to now: the instant at which what is shown now was taken. */
int64_t last_update(int64_t now, int64_t period);

unsigned int milliwatts(const Power *power, const Sensor *sensor, long double factor, int64_t now);

/* What the counter shows, of the GPU or of its module. */
unsigned long long millijoules(const Machine *machine, const Gpu *gpu, bool module, int64_t now);

#pragma GCC visibility pop

#endif
