/* SPDX-License-Identifier: Apache-2.0 */
/* usage: wall COMMAND...: runs the command and prints on descriptor 3, in microseconds: its wall time, its user time, and its user
   and system time together. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long timeval_micros(struct timeval time) {
    return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        return 2;
    }
    long long begin = micros();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status = 0;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) < 0) {
        perror("wall");
        return 1;
    }
    long long elapsed = micros() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return 1;
    }
    long long user = timeval_micros(used.ru_utime);
    dprintf(3, "%lld %lld %lld\n", elapsed, user, user + timeval_micros(used.ru_stime));
    return 0;
}
