/*
 * A Runtime API that counts: it starts a bootstrap, gives it events as fast as it asks for them, and prints one line of JSON.
 *
 *   runtime_api [-n events] [-w events before the clock] [-s bytes of padding] [-e event.json] [-g cgroup.procs] [-f] [-t]
 *       -- [NAME=VALUE …] command
 *
 * Without -e an event is {"number":N,"padding":"…"}, and its answer must hold "number":N; with -e it is the file, and any
 * response counts. Without -f the bootstrap and this server share one CPU: on two, waking the other one takes longer than
 * all the rest, and differs from run to run. With -g the bootstrap is put into that cgroup at its first request for an event,
 * as Lambda gives init a whole CPU and what follows the function's share. With -t it is told to end (SIGTERM) and waited for,
 * so that a tool it runs under can write what it has found.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 64, tick_ms = 100, patience_ms = 20000, farewell_ms = 60000 };

struct connection {
    int socket;
    char *bytes;
    size_t have, room;
};

static struct connection connections[most_connections];
static struct pollfd polled[most_connections + 1];
static int connection_count;

static long events = 10000, before = 500, padding;
static char *fixed_event;
static size_t fixed_length;

static char *event_bytes;
static size_t event_length;
static long given, answered, refused, unexpected;
static bool is_out, has_ended;
static const char *trouble = "";
static int64_t started_at, first_next_at, first_answer_at, not_counted, given_at, clock_from, clock_to;
static int64_t cpu_at_first_next, cpu_at_first_answer, cpu_from, cpu_to;
static const char *cgroup;
static int64_t *round_trips;
static long memory_at_start, memory_at_end;
static pid_t child;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* The CPU time of all threads of the bootstrap so far, in ns; 0 when it has gone. */
static int64_t cpu_time(void) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(child, &clock) || clock_gettime(clock, &time)) return 0;
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    if (child > 0) kill(child, SIGKILL);
    exit(1);
}

/* The most memory that the bootstrap has had resident so far, in KB. */
static long peak_memory(void) {
    char path[64], line[256];
    long peak = -1;
    snprintf(path, sizeof path, "/proc/%d/status", child);
    FILE *status = fopen(path, "r");
    if (!status) return -1;
    while (fgets(line, sizeof line, status)) {
        if (sscanf(line, "VmHWM: %ld", &peak) == 1) break;
    }
    fclose(status);
    return peak;
}

static void send_all(int socket, const char *bytes, size_t count) {
    while (count) {
        ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
            struct pollfd writable = {.fd = socket, .events = POLLOUT};
            if (poll(&writable, 1, patience_ms) > 0) continue;
        }
        if (sent <= 0) return; /* The bootstrap has gone; waiting for it tells. */
        bytes += sent;
        count -= sent;
    }
}

static void send_status(int socket, const char *status, const char *body) {
    char text[512];
    int length = snprintf(
        text, sizeof text, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", status,
        strlen(body), body);
    send_all(socket, text, length);
}

/* Puts the bootstrap, with all its threads, under the cgroup's quota. The kernel takes its time, which is not counted. */
static void enter_cgroup(void) {
    int64_t from = now();
    char text[24];
    int length = snprintf(text, sizeof text, "%d", child), file = open(cgroup, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, length) != length) fail(cgroup);
    close(file);
    not_counted = now() - from;
}

/* Gives the next event, or ends the run when all have been given. */
static void give(int socket) {
    if (!first_next_at) {
        first_next_at = now();
        cpu_at_first_next = cpu_time();
        memory_at_start = peak_memory();
        if (cgroup) enter_cgroup();
    }
    if (given == before + events) {
        cpu_to = cpu_time();
        memory_at_end = peak_memory();
        has_ended = true;
        return;
    }
    long number = given++;
    const size_t head_room = 512;
    char head[head_room];
    size_t body_length = fixed_length;
    if (!fixed_event) {
        /* The padding stays where it is; the number before it has always the same width. */
        char digits[24];
        snprintf(digits, sizeof digits, "%9ld", number + 1);
        memcpy(event_bytes + head_room + 10, digits, 9);
        body_length = event_length;
    }
    int length = snprintf(
        head, sizeof head,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: %08lx-0000-4000-8000-000000000000\r\n"
        "Lambda-Runtime-Deadline-Ms: %lld\r\n"
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:bench\r\n"
        "Lambda-Runtime-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=0\r\nContent-Length: %zu\r\n\r\n",
        number, (long long)time(NULL) * 1000 + 60000, body_length);
    /* Head and body in one piece: the head is copied to just before the body. */
    char *whole = event_bytes + head_room - length;
    memcpy(whole, head, length);
    is_out = true;
    given_at = now();
    if (number == before) {
        clock_from = given_at;
        cpu_from = cpu_time();
    }
    send_all(socket, whole, length + body_length);
}

/* Takes a response or an error for the event that is out. */
static void take(const char *path, const char *body, size_t length, bool is_error) {
    int64_t at = now();
    long number = -1;
    char expected[64];
    sscanf(path, "%8lx-", (unsigned long *)&number);
    if (!is_out || number != given - 1) {
        unexpected++;
        return;
    }
    is_out = false;
    if (!answered++) {
        first_answer_at = at;
        cpu_at_first_answer = cpu_time();
    }
    if (number >= before) {
        round_trips[number - before] = at - given_at;
        clock_to = at;
    }
    if (is_error) {
        refused++;
    } else if (!fixed_event) {
        /* With or without the blanks that the event has before the number. */
        int digits = snprintf(expected, sizeof expected, "%ld", number + 1);
        const char *found = memmem(body, length, "\"number\":", 9);
        if (found) {
            found += 9;
            while (found < body + length && *found == ' ') found++;
        }
        bool is_whole = found && found + digits < body + length && (found[digits] < '0' || found[digits] > '9');
        if (!is_whole || memcmp(found, expected, digits)) unexpected++;
    }
}

static const char *field(const char *head, const char *end, const char *name) {
    size_t length = strlen(name);
    for (const char *line = head; line && line < end; line = memmem(line, end - line, "\r\n", 2)) {
        if (*line == '\r') line += 2;
        if ((size_t)(end - line) > length && !strncasecmp(line, name, length) && line[length] == ':') {
            line += length + 1;
            return line + strspn(line, " ");
        }
    }
    return NULL;
}

/* How long a chunked body is, trailers included; 0 while it is not complete. */
static size_t chunked_length(const char *body, size_t have) {
    size_t at = 0;
    for (;;) {
        const char *line = memmem(body + at, have - at, "\r\n", 2);
        if (!line) return 0;
        size_t size = strtoul(body + at, NULL, 16);
        at = line - body + 2;
        if (size == 0) {
            for (;;) {
                line = memmem(body + at, have - at, "\r\n", 2);
                if (!line) return 0;
                size_t trailer = line - (body + at);
                at += trailer + 2;
                if (trailer == 0) return at;
            }
        }
        if (at + size + 2 > have) return 0;
        at += size + 2;
    }
}

static void answer(int socket, const char *head, const char *body, size_t length) {
    static const char invocation[] = "/2018-06-01/runtime/invocation/";
    const char *path = strchr(head, ' ') + 1;
    const char *path_end = strpbrk(path, " ?");
    size_t tail = sizeof invocation - 1;
    if (!strncmp(path, invocation, tail)) {
        path += tail;
        if (!strncmp(head, "GET ", 4) && !strncmp(path, "next", 4)) {
            give(socket);
            return;
        }
        bool is_error = path_end - path > 6 && !strncmp(path_end - 6, "/error", 6);
        take(path, body, length, is_error);
        send_status(socket, "202 Accepted", "{\"status\":\"OK\"}");
    } else if (!strncmp(path, "/2018-06-01/runtime/init/error", 30)) {
        trouble = "it failed to start";
        has_ended = true;
        fprintf(stderr, "%.*s\n", (int)length, body);
        send_status(socket, "202 Accepted", "{\"status\":\"OK\"}");
    } else {
        send_status(socket, "404 Not Found", "{}");
    }
}

/* Answers each request that has come whole. Returns false when the connection is at its end. */
static bool serve(struct connection *connection) {
    if (connection->room - connection->have < 65536) {
        connection->room = connection->room * 2 + 131072;
        connection->bytes = realloc(connection->bytes, connection->room + 1);
        if (!connection->bytes) fail("memory");
    }
    ssize_t got = recv(connection->socket, connection->bytes + connection->have, connection->room - connection->have, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (got <= 0) return false;
    connection->have += got;
    size_t at = 0;
    while (!has_ended && at < connection->have) {
        char *head = connection->bytes + at;
        connection->bytes[connection->have] = 0;
        const char *end = memmem(head, connection->have - at, "\r\n\r\n", 4);
        if (!end) break;
        const char *body = end + 4, *length_text = field(head, end + 2, "content-length");
        size_t have = connection->bytes + connection->have - body, length = 0;
        if (field(head, end + 2, "transfer-encoding")) {
            length = chunked_length(body, have);
            if (!length) break;
        } else if (length_text) {
            length = strtoul(length_text, NULL, 10);
        }
        if (have < length) break;
        answer(connection->socket, head, body, length);
        at = body + length - connection->bytes;
    }
    memmove(connection->bytes, connection->bytes + at, connection->have - at);
    connection->have -= at;
    return true;
}

static void start(char **command, const char *address) {
    int nothing = open("/dev/null", O_RDWR);
    /* Nothing of this shell's reaches the bootstrap: a proxy or a CA bundle would change what is measured. */
    const char *path = getenv("PATH");
    char *kept = strdup(path ? path : "/usr/bin:/bin");
    clearenv();
    setenv("PATH", kept, 1);
    setenv("TZ", ":UTC", 1);
    setenv("LANG", "en_US.UTF-8", 1);
    setenv("AWS_LAMBDA_RUNTIME_API", address, 1);
    setenv("AWS_LAMBDA_FUNCTION_NAME", "bench", 1);
    setenv("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST", 1);
    setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", 1);
    setenv("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench", 1);
    setenv("AWS_LAMBDA_LOG_STREAM_NAME", "bench", 1);
    setenv("LAMBDA_TASK_ROOT", "/var/task", 1);
    while (*command && strchr(*command, '=')) putenv(*command++);
    if (!*command) {
        fprintf(stderr, "runtime_api: there is no command.\n");
        exit(2);
    }
    child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        /* The clock starts here, so that neither forking nor this program's memory counts. */
        dup2(nothing, 0);
        dup2(nothing, 1);
        int64_t at = now();
        if (write(3, &at, sizeof at) != sizeof at) _exit(126);
        close(3);
        execvp(*command, command);
        _exit(127);
    }
    close(nothing);
}

static int by_size(const void *left, const void *right) {
    int64_t difference = *(const int64_t *)left - *(const int64_t *)right;
    return (difference > 0) - (difference < 0);
}

static double percentile(double share) {
    return events ? round_trips[(long)((events - 1) * share)] / 1e3 : 0;
}

static void read_event(const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status)) fail(path);
    fixed_length = status.st_size;
    fixed_event = malloc(fixed_length + 1);
    if (!fixed_event || read(file, fixed_event, fixed_length) != (ssize_t)fixed_length) fail(path);
    close(file);
}

int main(int count, char **arguments) {
    bool shares_cpu = true, is_told_to_end = false;
    int option;
    while ((option = getopt(count, arguments, "+n:w:s:e:g:ft")) != -1) {
        switch (option) {
        case 'n': events = atol(optarg); break;
        case 'w': before = atol(optarg); break;
        case 's': padding = atol(optarg); break;
        case 'e': read_event(optarg); break;
        case 'g': cgroup = optarg; break;
        case 'f': shares_cpu = false; break;
        case 't': is_told_to_end = true; break;
        default: return 2;
        }
    }
    if (shares_cpu) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    const size_t head_room = 512;
    event_length = 10 + 9 + 12 + padding + 2;
    event_bytes = malloc(head_room + (fixed_event ? fixed_length : event_length) + 1);
    round_trips = calloc(events + 1, sizeof *round_trips);
    if (!event_bytes || !round_trips) fail("memory");
    if (fixed_event) {
        memcpy(event_bytes + head_room, fixed_event, fixed_length);
    } else {
        char *body = event_bytes + head_room;
        memcpy(body, "{\"number\":         ,\"padding\":\"", 31);
        memset(body + 31, 'x', padding);
        memcpy(body + 31 + padding, "\"}", 2);
    }

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t address_length = sizeof address;
    int pipe_ends[2], listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, address_length) || listen(listener, 16)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &address_length);
    char text[32];
    snprintf(text, sizeof text, "127.0.0.1:%d", ntohs(address.sin_port));
    /* The child writes when it began to descriptor 3. */
    if (pipe2(pipe_ends, O_CLOEXEC)) fail("pipe");
    int reading = fcntl(pipe_ends[0], F_DUPFD_CLOEXEC, 10);
    int writing = fcntl(pipe_ends[1], F_DUPFD_CLOEXEC, 10);
    int listening = fcntl(listener, F_DUPFD_CLOEXEC, 10);
    if (reading < 0 || writing < 0 || listening < 0) fail("fcntl");
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    close(listener);
    dup2(writing, 3);
    close(writing);
    start(arguments + optind, text);
    close(3);
    if (read(reading, &started_at, sizeof started_at) != sizeof started_at) fail("start");

    int silence_ms = 0;
    while (!has_ended) {
        polled[0] = (struct pollfd){.fd = listening, .events = POLLIN};
        for (int index = 0; index < connection_count; index++) {
            polled[index + 1] = (struct pollfd){.fd = connections[index].socket, .events = POLLIN};
        }
        int status, ready = poll(polled, connection_count + 1, tick_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) fail("poll");
        silence_ms = ready ? 0 : silence_ms + tick_ms;
        if (silence_ms >= patience_ms) {
            trouble = "nothing came for 20 s";
            break;
        }
        if (!ready && waitpid(child, &status, WNOHANG) == child) {
            child = 0;
            trouble = "it has ended by itself";
            break;
        }
        for (int index = connection_count - 1; index >= 0; index--) {
            if (!polled[index + 1].revents || serve(&connections[index])) continue;
            close(connections[index].socket);
            free(connections[index].bytes);
            connections[index] = connections[--connection_count];
        }
        if (polled[0].revents & POLLIN && connection_count < most_connections) {
            int accepted = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
            int yes = 1;
            if (accepted >= 0) {
                setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                connections[connection_count++] = (struct connection){.socket = accepted};
            }
        }
    }
    if (child > 0 && is_told_to_end && !*trouble) {
        kill(child, SIGTERM);
        int waited_ms = 0;
        while (waited_ms < farewell_ms && waitpid(child, NULL, WNOHANG) != child) {
            poll(NULL, 0, tick_ms);
            waited_ms += tick_ms;
        }
        if (waited_ms < farewell_ms) child = 0;
    }
    if (child > 0) {
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    if (!first_next_at && !*trouble) trouble = "it never asked for an event";
    qsort(round_trips, events, sizeof *round_trips, by_size);
    double seconds = (clock_to - clock_from) / 1e9;
    printf(
        "{\"start_ms\":%.3f,\"first_ms\":%.3f,\"init_cpu_ms\":%.3f,\"first_cpu_ms\":%.3f,\"per_second\":%.0f,"
        "\"p50_us\":%.1f,\"p99_us\":%.1f,\"cpu_us\":%.1f,\"start_kb\":%ld,\"peak_kb\":%ld,"
        "\"answered\":%ld,\"refused\":%ld,\"unexpected\":%ld,\"trouble\":\"%s\"}\n",
        first_next_at ? (first_next_at - started_at) / 1e6 : 0,
        first_answer_at ? (first_answer_at - started_at - not_counted) / 1e6 : 0, cpu_at_first_next / 1e6, cpu_at_first_answer / 1e6,
        seconds > 0 ? events / seconds : 0, percentile(0.5), percentile(0.99),
        events && cpu_to > cpu_from ? (cpu_to - cpu_from) / 1e3 / events : 0, memory_at_start, memory_at_end, answered, refused, unexpected, trouble);
    return *trouble != 0;
}
