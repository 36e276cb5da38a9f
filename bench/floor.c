/*
 * The least that a bootstrap can do: one socket, one thread, no parsing of the event. It answers each event with itself.
 * What a function takes more than this is the price of its language, its libraries and its own work.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[8 << 20];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int open_connection(const char *address) {
    char host[256];
    const char *colon = strrchr(address, ':');
    if (!colon || (size_t)(colon - address) >= sizeof host) {
        fprintf(stderr, "floor: AWS_LAMBDA_RUNTIME_API must be host:port\n");
        exit(1);
    }
    memcpy(host, address, colon - address);
    host[colon - address] = 0;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(colon + 1))};
    if (inet_pton(AF_INET, host, &server.sin_addr) != 1) fail("floor: address");
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&server, sizeof server)) fail("floor: connect");
    return connection;
}

static void send_all(int connection, const char *bytes, size_t count) {
    while (count) {
        ssize_t sent = send(connection, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) fail("floor: send");
        bytes += sent;
        count -= sent;
    }
}

/* Reads one response, which must have a Content-Length. Returns where its body begins. */
static char *receive(int connection, size_t *body_length) {
    size_t have = 0, wanted = 0;
    char *body = NULL;
    while (!body || have < wanted) {
        ssize_t got = recv(connection, buffer + have, sizeof buffer - 1 - have, 0);
        if (got <= 0) exit(got < 0);
        have += got;
        buffer[have] = 0;
        if (body) continue;
        char *end = strstr(buffer, "\r\n\r\n");
        if (!end) continue;
        char *length = strcasestr(buffer, "\r\ncontent-length:");
        if (!length || length > end) {
            fprintf(stderr, "floor: a response without Content-Length\n");
            exit(1);
        }
        *body_length = strtoul(length + 17, NULL, 10);
        body = end + 4;
        wanted = body - buffer + *body_length;
        if (wanted >= sizeof buffer) exit(1);
    }
    return body;
}

int main(void) {
    const char *address = getenv("AWS_LAMBDA_RUNTIME_API");
    if (!address) return 2;
    int connection = open_connection(address);
    char next[512], *id_end;
    int next_length = snprintf(
        next, sizeof next, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", address);
    static char answer[sizeof buffer + 1024];
    for (;;) {
        size_t length, ignored;
        send_all(connection, next, next_length);
        char *event = receive(connection, &length);
        char *id = strcasestr(buffer, "\r\nlambda-runtime-aws-request-id:");
        if (!id || id > event) return 1;
        id += 32;
        id += strspn(id, " ");
        id_end = strstr(id, "\r\n");
        int head = snprintf(
            answer, 1024,
            "POST /2018-06-01/runtime/invocation/%.*s/response HTTP/1.1\r\nHost: %s\r\n"
            "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
            (int)(id_end - id), id, address, length);
        memcpy(answer + head, event, length);
        send_all(connection, answer, head + length);
        receive(connection, &ignored);
    }
}
