/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: floor HZ NVML-LIBRARY FILE...
 * The least a sampler on this machine can cost: absolute deadlines, files opened once, one pread each at every tick, the
 * energy counter and the mean power of every GPU of the library at most ten times a second, and /proc/self/stat and
 * /proc/stat once a second. Without GPUs the library is "-". Runs until it is ended.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_NUMBER = 24, LONGEST_STAT = 16384, NANOS = 1000000000 };

static volatile unsigned long long seen;

static int open_or_die(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) {
        perror(path);
        exit(1);
    }
    return file;
}

static void read_or_die(int file, char *into, size_t size) {
    ssize_t length = pread(file, into, size - 1, 0);
    if (length <= 0) {
        perror("pread");
        exit(1);
    }
    into[length] = 0;
}

enum { MOST_GPUS = 64, POWER_AVERAGE = 185 };

/* nvmlFieldValue_t. */
typedef struct {
    uint32_t field, scope;
    int64_t timestamp, latency;
    uint32_t type;
    int32_t code;
    uint64_t value;
} Field;

static int gpus;
static void *gpu[MOST_GPUS];
static int (*total_energy)(void *, uint64_t *);
static int (*field_values)(void *, int, Field *);

static void *symbol_or_die(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "no %s\n", name);
        exit(1);
    }
    return symbol;
}

static void open_gpus(const char *file) {
    void *library = dlopen(file, RTLD_LAZY);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    int (*init)(void) = (int (*)(void)) symbol_or_die(library, "nvmlInit_v2");
    int (*count)(uint32_t *) = (int (*)(uint32_t *)) symbol_or_die(library, "nvmlDeviceGetCount_v2");
    int (*handle)(uint32_t, void **) =
            (int (*)(uint32_t, void **)) symbol_or_die(library, "nvmlDeviceGetHandleByIndex_v2");
    total_energy = (int (*)(void *, uint64_t *)) symbol_or_die(library, "nvmlDeviceGetTotalEnergyConsumption");
    field_values = (int (*)(void *, int, Field *)) symbol_or_die(library, "nvmlDeviceGetFieldValues");
    uint32_t found = 0;
    if (init() != 0 || count(&found) != 0 || found > MOST_GPUS) {
        fprintf(stderr, "%s does not start\n", file);
        exit(1);
    }
    for (gpus = 0; gpus < (int) found; gpus++) {
        if (handle((uint32_t) gpus, &gpu[gpus]) != 0) {
            fprintf(stderr, "no GPU %d\n", gpus);
            exit(1);
        }
    }
}

static void read_gpus(void) {
    for (int i = 0; i < gpus; i++) {
        uint64_t energy = 0;
        Field power = {.field = POWER_AVERAGE};
        if (total_energy(gpu[i], &energy) != 0 || field_values(gpu[i], 1, &power) != 0 || power.code != 0) {
            fprintf(stderr, "GPU %d does not answer\n", i);
            exit(1);
        }
        seen += energy + power.value;
    }
}

int main(int argc, char **argv) {
    long hz = argc > 2 ? atol(argv[1]) : 0;
    if (hz < 1 || argc > 66) {
        fprintf(stderr, "usage: floor HZ NVML-LIBRARY FILE...\n");
        return 2;
    }
    if (argv[2][0] != '-') {
        open_gpus(argv[2]);
    }
    long ticks_per_gpu_reading = hz > 10 ? hz / 10 : 1;
    int counters[64];
    int count = argc - 3;
    for (int i = 0; i < count; i++) {
        counters[i] = open_or_die(argv[i + 3]);
    }
    int process = open_or_die("/proc/self/stat");
    int machine = open_or_die("/proc/stat");

    static char text[LONGEST_STAT];
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    for (long tick = 0;; tick++) {
        for (int i = 0; i < count; i++) {
            read_or_die(counters[i], text, LONGEST_NUMBER);
            seen += strtoull(text, NULL, 10);
        }
        if (tick % ticks_per_gpu_reading == 0) {
            read_gpus();
        }
        if (tick % hz == 0) {
            read_or_die(process, text, LONGEST_STAT);
            read_or_die(machine, text, LONGEST_STAT);
        }
        deadline.tv_nsec += NANOS / hz;
        if (deadline.tv_nsec >= NANOS) {
            deadline.tv_nsec -= NANOS;
            deadline.tv_sec++;
        }
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL) != 0) {
        }
    }
}
