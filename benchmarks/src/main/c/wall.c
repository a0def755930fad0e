/* SPDX-License-Identifier: Apache-2.0 */
/* usage: wall COMMAND...: runs the command and prints its wall time in microseconds on descriptor 3. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
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
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        perror("wall");
        return 1;
    }
    long long elapsed = micros() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return 1;
    }
    dprintf(3, "%lld\n", elapsed);
    return 0;
}
