/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "fake_machine.h"
#include "nvml_abi.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define MILLISECOND 1000000LL
#define PI 3.141592653589793238462643383279502884L

/*
 * Power and energy. Everything is in long double: a double of joules after a day of 700 W is no longer sure of the
 * millijoule when differences are taken.
 */

static long double watts_at_zero(const Power *power)
{
    switch (power->shape) {
    case SQUARE:
        return fmodl(power->phase, power->seconds) < power->duty * power->seconds ? power->a : power->b;
    case SINE:
        return power->a + power->b * sinl(2 * PI * power->phase / power->seconds);
    case STEPS: {
        int i = power->count - 1;
        while (i > 0 && power->times[i] > 0) {
            i--;
        }
        return power->watts[i];
    }
    default:
        return power->a;
    }
}

static long double square_joules(const Power *power, long double seconds)
{
    long double high = power->duty * power->seconds;
    long double whole = floorl(seconds / power->seconds);
    long double rest = seconds - whole * power->seconds;
    return whole * (high * power->a + (power->seconds - high) * power->b)
        + power->a * fminl(rest, high) + power->b * fmaxl(0, rest - high);
}

static long double steps_joules(const Power *power, long double seconds)
{
    long double sum = 0;
    for (int i = 0; i < power->count; i++) {
        long double from = i == 0 ? 0 : fmaxl(0, power->times[i]);
        long double to = i + 1 < power->count ? fminl(seconds, power->times[i + 1]) : seconds;
        sum += power->watts[i] * fmaxl(0, to - from);
    }
    return sum;
}

/* From t = 0 on; negative before. */
static long double joules(const Power *power, int64_t now)
{
    long double t = (long double) now / SECOND;
    if (t < 0) {
        return watts_at_zero(power) * t;
    }
    switch (power->shape) {
    case RAMP: {
        long double rising = fminl(t, power->seconds);
        return power->a * rising + (power->b - power->a) * rising * rising / (2 * power->seconds)
            + power->b * (t - rising);
    }
    case SQUARE:
        return square_joules(power, t + power->phase) - square_joules(power, power->phase);
    case SINE: {
        long double omega = 2 * PI / power->seconds;
        return power->a * t
            + power->b / omega * (cosl(omega * power->phase) - cosl(omega * (t + power->phase)));
    }
    case STEPS:
        return steps_joules(power, t);
    default:
        return power->a * t;
    }
}

static long double mean_watts(const Power *power, int64_t from, int64_t to)
{
    return (joules(power, to) - joules(power, from)) * SECOND / (to - from);
}

/*
 * Cells of a 256th of the time constant, each with its exact mean and its exact weight: what is left is a jump inside
 * one cell, less than two millionths of its height. 40 time constants back nothing is left to see.
 */
static long double filtered_watts(const Power *power, int64_t constant, int64_t now)
{
    int64_t cell = constant / 256;
    long double decay = expl(-1.0L * cell / constant);
    long double weight = 1 - decay, sum = 0;
    for (int i = 0; i < 40 * 256; i++, weight *= decay) {
        sum += weight * mean_watts(power, now - (i + 1) * cell, now - i * cell);
    }
    return sum;
}

int64_t last_update(int64_t now, int64_t period)
{
    int64_t whole = now / period;
    return (whole * period > now ? whole - 1 : whole) * period;
}

unsigned int milliwatts(const Power *power, const Sensor *sensor, long double factor, int64_t now)
{
    int64_t update = last_update(now, sensor->period);
    long double watts = sensor->kind == FILTER
        ? filtered_watts(power, sensor->length, update)
        : mean_watts(power, update - sensor->length, update);
    return (unsigned int) llroundl(watts * factor * 1000);
}

unsigned long long millijoules(const Machine *machine, const Gpu *gpu, bool module, int64_t now)
{
    int64_t update = last_update(now, gpu->counterPeriod);
    int64_t zero = INT64_MIN;
    for (int i = 0; i < gpu->resetCount; i++) {
        if (gpu->resets[i] <= now && gpu->resets[i] > zero) {
            zero = gpu->resets[i];
        }
    }
    for (int i = 0; i < machine->unloadCount; i++) {
        if (machine->unloads[i].to <= now && machine->unloads[i].to > zero) {
            zero = machine->unloads[i].to;
        }
    }
    bool from_start = zero == INT64_MIN;
    long double counted = joules(&gpu->power, update) - (from_start ? 0 : joules(&gpu->power, zero));
    long double sum = (from_start ? gpu->startJoules : 0) + counted * gpu->counterGain * (module ? gpu->module : 1);
    /* Negative where the counter began again after its last update. */
    sum = fmaxl(0, sum);
    /* A nanojoule, so that 30 J that came out a rounding error short are 30,000 mJ and not 29,999. */
    return (unsigned long long) floorl(sum * 1000 + 1e-6L);
}

bool holds(Span span, int64_t now)
{
    return now >= span.from && now < span.to;
}

/* The script. */

/* Whether the line is of this form up to its end. */
#define IS(form, ...) \
    (matched = -1, sscanf(line, form " %n", __VA_ARGS__, &matched), matched >= 0 && line[matched] == '\0')

/* The next free place of an array; where it is full, the last one, and the script is refused. */
#define NEXT(array, count) (array + (count < (int) (sizeof array / sizeof *array) ? count++ : (full = true, count - 1)))

static int matched;
static bool full;

static int64_t nanos(long double seconds)
{
    return (int64_t) llroundl(seconds * SECOND);
}

/* The value behind a name, both of which are taken out of the line. */
static long double take(char *line, const char *name, long double otherwise)
{
    char spaced[32];
    snprintf(spaced, sizeof spaced, " %s ", name);
    char *at = strstr(line, spaced);
    if (at == NULL) {
        return otherwise;
    }
    char *end;
    long double value = strtold(at + strlen(spaced), &end);
    memmove(at, end, strlen(end) + 1);
    return value;
}

static Span take_span(char *line)
{
    /* 9e9 s is 285 years and still fits in 64 bits of nanoseconds. */
    int64_t from = nanos(take(line, "from", -9e9L));
    return (Span) { from, nanos(take(line, "to", 9e9L)) };
}

static bool read_power(char *line, Power *power)
{
    power->phase = take(line, "phase", 0);
    power->duty = take(line, "duty", 0.5L);
    if (IS("power constant %Lf", &power->a)) {
        power->shape = CONSTANT;
    } else if (IS("power ramp %Lf %Lf %Lf", &power->a, &power->b, &power->seconds)) {
        power->shape = RAMP;
    } else if (IS("power square %Lf %Lf period %Lf", &power->a, &power->b, &power->seconds)) {
        power->shape = SQUARE;
    } else if (IS("power sine %Lf %Lf period %Lf", &power->a, &power->b, &power->seconds)) {
        power->shape = SINE;
    } else if (strncmp(line, "power steps ", strlen("power steps ")) == 0) {
        power->shape = STEPS;
        power->times = calloc(strlen(line), sizeof *power->times);
        power->watts = calloc(strlen(line), sizeof *power->watts);
        char *at = line + strlen("power steps ");
        while (sscanf(at, "%Lf %Lf %n", &power->times[power->count], &power->watts[power->count], &matched) == 2) {
            at += matched;
            power->count++;
        }
        return *at == '\0' && power->count > 0;
    } else {
        return false;
    }
    return power->shape == CONSTANT || (power->seconds > 0 && power->phase >= 0);
}

static bool read_sensor(const char *line, Gpu *gpu)
{
    static const char *const names[] = { "power", "average", "instant" };
    char name[8], kind[8];
    long double length, period;
    bool timed = IS("sensor %7s %7s %Lf period %Lf", name, kind, &length, &period);
    bool none = !timed && IS("sensor %7s %7s", name, kind) && strcmp(kind, "none") == 0;
    for (int i = POWER_USAGE; i <= POWER_INSTANT; i++) {
        if ((timed || none) && strcmp(name, names[i]) == 0) {
            gpu->sensors[i] = none ? (Sensor) { NONE, 0, 0 }
                : (Sensor) { strcmp(kind, "filter") == 0 ? FILTER : WINDOW, nanos(length), nanos(period) };
            return none || (length > 1e-6L && period > 1e-6L);
        }
    }
    return false;
}

static bool read_process(char *line, Gpu *gpu)
{
    Process *process = NEXT(gpu->processes, gpu->processCount);
    process->span = take_span(line);
    process->bytes = (unsigned long long) take(line, "bytes", 0);
    process->sm = (unsigned int) take(line, "sm", 0);
    process->slice = (int) take(line, "slice", -1);
    process->mps = take(line, "mps", 0) != 0;
    /* As NVML says it to whoever asks in his own PID namespace. */
    process->pid = (unsigned int) getpid();
    return process->slice < MOST_SLICES && (strcmp(line, "process self") == 0 || IS("process %u", &process->pid));
}

static bool read_gpu_line(char *line, Gpu *gpu)
{
    long double watts, seconds;
    if (strncmp(line, "power ", strlen("power ")) == 0) {
        return read_power(line, &gpu->power);
    } else if (strncmp(line, "sensor ", strlen("sensor ")) == 0) {
        return read_sensor(line, gpu);
    } else if (strncmp(line, "process ", strlen("process ")) == 0) {
        return read_process(line, gpu);
    } else if (strncmp(line, "utilization ", strlen("utilization ")) == 0) {
        Load *load = NEXT(gpu->loads, gpu->loadCount);
        load->span = take_span(line);
        return IS("utilization %u %u", &load->gpu, &load->memory);
    } else if (strncmp(line, "slice ", strlen("slice ")) == 0) {
        Slice *slice = NEXT(gpu->slices, gpu->sliceCount);
        return IS("slice %79s gi %u ci %u slices %u mebibytes %llu", slice->uuid, &slice->gpuInstance,
                  &slice->computeInstance, &slice->count, &slice->mebibytes);
    } else if (IS("limit %Lf", &watts)) {
        gpu->limit = gpu->enforcedLimit = gpu->defaultLimit = (unsigned int) llroundl(watts * 1000);
    } else if (IS("limit enforced %Lf", &watts)) {
        gpu->enforcedLimit = (unsigned int) llroundl(watts * 1000);
    } else if (IS("limit default %Lf", &watts)) {
        gpu->defaultLimit = (unsigned int) llroundl(watts * 1000);
    } else if (IS("module %Lf limit %Lf", &gpu->module, &watts)) {
        gpu->moduleLimit = (unsigned int) llroundl(watts * 1000);
    } else if (IS("energy period %Lf", &seconds)) {
        gpu->counterPeriod = nanos(seconds);
    } else if (strcmp(line, "energy none") == 0) {
        gpu->counterPeriod = 0;
    } else if (strcmp(line, "energy covers module") == 0) {
        gpu->counterCoversModule = true;
    } else if (IS("energy reset %Lf", &seconds)) {
        *NEXT(gpu->resets, gpu->resetCount) = nanos(seconds);
    } else if (strcmp(line, "mig") == 0) {
        gpu->mig = true;
    } else {
        return IS("name %63[^\n]", gpu->name) || IS("uuid %79s", gpu->uuid)
            || IS("capability %d %d", &gpu->major, &gpu->minor) || IS("architecture %u", &gpu->architecture)
            || IS("pci device %x", &gpu->pciDeviceId) || IS("pci %x:%x:%x.0", &gpu->domain, &gpu->bus, &gpu->device)
            || IS("memory %llu", &gpu->mebibytes) || IS("energy start %Lf", &gpu->startJoules)
            || IS("energy gain %Lf", &gpu->counterGain);
    }
    return true;
}

static bool read_fault(char *line, Fault *fault)
{
    char kind[16];
    fault->span = take_span(line);
    fault->gpu = (int) take(line, "gpu", -1);
    fault->scope = (int) take(line, "scope", -1);
    fault->every = (unsigned int) fmaxl(1, take(line, "every", 1));
    bool read = IS("%15s %55s %" SCNd64, kind, fault->what, &fault->value);
    fault->kind = strcmp(kind, "fail") == 0 ? FAIL
        : strcmp(kind, "delay") == 0        ? DELAY
        : strcmp(kind, "lie") == 0          ? LIE
                                            : FAIL_FIELD;
    return read;
}

static bool read_line(char *line, Machine *machine)
{
    if (strncmp(line, "fail", strlen("fail")) == 0 || strncmp(line, "delay ", strlen("delay ")) == 0
        || strncmp(line, "lie ", strlen("lie ")) == 0) {
        return read_fault(line, NEXT(machine->faults, machine->faultCount));
    } else if (strncmp(line, "unload ", strlen("unload ")) == 0) {
        *NEXT(machine->unloads, machine->unloadCount) = take_span(line);
    } else if (strcmp(line, "hangs") == 0) {
        machine->hangs = true;
    } else if (strcmp(line, "clock virtual") == 0) {
        machine->virtualTime = true;
    } else if (strcmp(line, "gpu") == 0) {
        *NEXT(machine->gpus, machine->gpuCount) = (Gpu) { .counterPeriod = 100 * MILLISECOND, .counterGain = 1 };
    } else {
        return IS("driver %79s", machine->driver) || IS("cuda %d", &machine->cuda)
            || IS("clock real %" SCNd64, &machine->start)
            || (machine->gpuCount > 0 && read_gpu_line(line, &machine->gpus[machine->gpuCount - 1]));
    }
    return true;
}

static unsigned int architecture(int major, int minor)
{
    static const unsigned int of_major[] = { 0, 0, 0, KEPLER, 0, MAXWELL, PASCAL, VOLTA, AMPERE, HOPPER };
    return major > 9 ? BLACKWELL : of_major[major] + (major == 7 && minor >= 5) + (major == 8 && minor >= 9);
}

/*
 * Which window each reading shows the mean of, and how often, as measured on more than 70 GPUs (arXiv 2312.02741 of
 * 2023). Blackwell is not among them and stands as Hopper here.
 */
static void complete(Gpu *gpu, int driver)
{
    static const Sensor second = { WINDOW, SECOND, 100 * MILLISECOND };
    static const Sensor tenth = { WINDOW, 100 * MILLISECOND, 100 * MILLISECOND };
    static const Sensor quarter = { WINDOW, 25 * MILLISECOND, 100 * MILLISECOND };
    static const Sensor half = { WINDOW, 10 * MILLISECOND, 20 * MILLISECOND };
    static const Sensor lagging = { FILTER, 100 * MILLISECOND, 100 * MILLISECOND };
    static const Sensor none = { NONE, 0, 0 };

    if (gpu->architecture == 0) {
        gpu->architecture = architecture(gpu->major, gpu->minor);
    }
    if (gpu->architecture < VOLTA) {
        gpu->counterPeriod = 0;
    }
    bool ga100 = gpu->major == 8 && gpu->minor == 0;
    bool averages = gpu->architecture >= AMPERE && !ga100;
    const Sensor *instant = gpu->architecture >= HOPPER || ga100 ? &quarter
        : gpu->architecture >= TURING                            ? &tenth
        : gpu->architecture >= PASCAL                            ? &half
                                                                 : &lagging;
    const Sensor *usage = !averages ? instant : driver == 530 && gpu->architecture < HOPPER ? &tenth : &second;
    const Sensor *by_architecture[] = { usage, averages ? &second : &none, instant };
    for (int i = POWER_USAGE; i <= POWER_INSTANT; i++) {
        if (gpu->sensors[i].kind == BY_ARCHITECTURE) {
            gpu->sensors[i] = *by_architecture[i];
        }
    }
}

bool read_script(const char *file, Machine *machine)
{
    strcpy(machine->driver, "550.54.15");
    machine->cuda = 12040;
    /* A JVM takes over the user's locale, in which a point may be no decimal point. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t) 0), users = uselocale(plain);
    FILE *script = fopen(file, "r");
    bool understood = script != NULL;
    static char line[1 << 15];
    while (understood && fgets(line, sizeof line, script) != NULL) {
        size_t length = strcspn(line, "#\n");
        while (length > 0 && line[length - 1] == ' ') {
            length--;
        }
        line[length] = '\0';
        understood = line[0] == '\0' || (read_line(line, machine) && !full);
    }
    if (!understood) {
        fprintf(stderr, "fake NVML: cannot read %s: %s\n", file, line);
    }
    for (int i = 0; i < machine->gpuCount; i++) {
        complete(&machine->gpus[i], atoi(machine->driver));
    }
    uselocale(users);
    freelocale(plain);
    return understood && fclose(script) == 0;
}
