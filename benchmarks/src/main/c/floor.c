/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: floor HZ FILE...
 * The least a sampler on this machine can cost: absolute deadlines, files opened once, one pread each at every tick, and
 * /proc/self/stat and /proc/stat once a second. Runs until it is ended.
 */
#include <fcntl.h>
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

int main(int argc, char **argv) {
    long hz = argc > 2 ? atol(argv[1]) : 0;
    if (hz < 1 || argc > 66) {
        fprintf(stderr, "usage: floor HZ FILE...\n");
        return 2;
    }
    int counters[64];
    int count = argc - 2;
    for (int i = 0; i < count; i++) {
        counters[i] = open_or_die(argv[i + 2]);
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
