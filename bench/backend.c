/*
 * What SendEmail and ConnectContactRecords call, as fast as it can be imitated: DynamoDB's PutItem, which always succeeds, SES's
 * SendEmail, and Salesforce's sign-in, composites of queries that find nothing, and collections, whose records are all written.
 *
 *   backend chain.pem key.pem
 *
 * It prints the ports of HTTP and HTTPS, both on 127.0.0.1, serves until SIGTERM, and then prints how often each was asked.
 * One thread; signatures, conditions and contents are not looked at: `./build.sh test` holds them to the real services' rules.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { room = 1 << 20, most_ready = 32 };

struct client {
    int socket;
    SSL *tls;
    bool has_shaken_hands;
    size_t have;
    char bytes[room + 1];
};

static SSL_CTX *tls_context;
static long claims, messages, composites, collections, others, handshakes;
static int http_port;
static volatile sig_atomic_t has_to_end;

static void fail(const char *what) {
    fprintf(stderr, "backend: %s: %s\n", what, strerror(errno));
    ERR_print_errors_fp(stderr);
    exit(1);
}

static void end(int signal) {
    (void)signal;
    has_to_end = 1;
}

/* An answer is so short that the socket takes it at once; one that does not go has nobody to read it. */
static void send_answer(struct client *client, const char *text, size_t length) {
    if (client->tls) {
        SSL_write(client->tls, text, length);
    } else if (send(client->socket, text, length, MSG_NOSIGNAL) < 0) {
        ERR_clear_error();
    }
}

static void respond(struct client *client, const char *status, const char *fields, const char *body) {
    char text[1024];
    int length = snprintf(
        text, sizeof text,
        "HTTP/1.1 %s\r\nx-amzn-RequestId: 0b5c2f0e-6d5c-4a6f-9d0b-%012lx\r\n%sContent-Length: %zu\r\n\r\n%s", status,
        claims + messages, fields, strlen(body), body);
    send_answer(client, text, length);
}

/* The same with a body of any length. */
static void respond_long(struct client *client, const char *body, size_t length) {
    char head[128];
    int head_length = snprintf(
        head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", length);
    static char whole[room + 128];
    memcpy(whole, head, head_length);
    memcpy(whole + head_length, body, length);
    send_answer(client, whole, head_length + length);
}

static char json[room];

/* Finds the text of each member of a name, and writes `before`, the text and `after` for it. */
static size_t for_each(const char *body, size_t length, const char *name, const char *before, const char *after) {
    size_t used = 0, name_length = strlen(name);
    const char *end = body + length;
    for (const char *at = body; (at = memmem(at, end - at, name, name_length));) {
        at += name_length;
        const char *text_end = memchr(at, '"', end - at);
        if (!text_end || used + 512 > sizeof json) break;
        used += snprintf(
            json + used, sizeof json - used, "%s%s%.*s%s", used ? "," : "", before, (int)(text_end - at), at, after);
    }
    return used;
}

static void answer_salesforce(struct client *client, const char *head, const char *body, size_t length) {
    if (strstr(head, "/oauth2/token ")) {
        char token[256];
        snprintf(
            token, sizeof token,
            "{\"access_token\":\"00D!token\",\"instance_url\":\"http://127.0.0.1:%d\",\"token_type\":\"Bearer\"}", http_port);
        respond(client, "200 OK", "Content-Type: application/json\r\n", token);
        return;
    }
    char *whole = malloc(room);
    if (!whole) fail("memory");
    size_t used;
    if (strstr(head, "/composite/sobjects")) {
        collections++;
        used = for_each(
            body, length, "\"attributes\":{\"type\":\"", "{\"id\":\"a005f00000AAAA1AAC\",\"success\":true,\"errors\":[],\"object\":\"",
            "\"}");
        used = snprintf(whole, room, "[%.*s]", (int)used, json);
    } else {
        composites++;
        used = for_each(
            body, length, "\"referenceId\":\"", "{\"httpStatusCode\":200,\"httpHeaders\":{},\"referenceId\":\"",
            "\",\"body\":{\"totalSize\":0,\"done\":true,\"records\":[]}}");
        used = snprintf(whole, room, "{\"compositeResponse\":[%.*s]}", (int)used, json);
    }
    respond_long(client, whole, used);
    free(whole);
}

/* The head ends with a zero byte in place of its last line's end. */
static void answer(struct client *client, const char *head, const char *body, size_t length) {
    if (strcasestr(head, "\r\nx-amz-target: DynamoDB_20120810.PutItem")) {
        claims++;
        /* The checksum is that of the body, which the SDKs compare. */
        respond(client, "200 OK", "Content-Type: application/x-amz-json-1.0\r\nx-amz-crc32: 2745614147\r\n", "{}");
    } else if (!strncmp(head, "POST /v2/email/outbound-emails ", 31)) {
        char body[128];
        snprintf(body, sizeof body, "{\"MessageId\":\"0100019a%08lx-5d0c1c6e-4f3b-4c52-9d8a-000000000000-000000\"}", messages++);
        respond(client, "200 OK", "Content-Type: application/json\r\n", body);
    } else if (strstr(head, " /services/")) {
        answer_salesforce(client, head, body, length);
    } else {
        others++;
        respond(client, "400 Bad Request", "Content-Type: application/json\r\n", "{\"message\":\"not imitated here\"}");
    }
}

/* Answers each request that has come whole. */
static void answer_all(struct client *client) {
    size_t at = 0;
    for (;;) {
        char *head = client->bytes + at, *head_end = memmem(head, client->have - at, "\r\n\r\n", 4);
        if (!head_end) break;
        *head_end = 0;
        const char *length = strcasestr(head, "\r\ncontent-length:");
        size_t whole = head_end + 4 - head + (length ? strtoul(length + 17, NULL, 10) : 0);
        if (at + whole > client->have) {
            bool waits = strcasestr(head, "\r\nexpect: 100-continue") && head_end + 4 == client->bytes + client->have;
            *head_end = '\r';
            if (waits) send_answer(client, "HTTP/1.1 100 Continue\r\n\r\n", 25);
            break;
        }
        answer(client, head, head_end + 4, head + whole - (head_end + 4));
        at += whole;
    }
    client->have -= at;
    memmove(client->bytes, client->bytes + at, client->have);
}

static bool is_only_empty(struct client *client, int result) {
    if (!client->tls) return result < 0 && (errno == EAGAIN || errno == EINTR);
    int error = SSL_get_error(client->tls, result);
    ERR_clear_error();
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

/* Reads all there is. Returns false when the connection is at its end. */
static bool serve(struct client *client) {
    if (client->tls && !client->has_shaken_hands) {
        int result = SSL_accept(client->tls);
        if (result != 1) return is_only_empty(client, result);
        client->has_shaken_hands = true;
        handshakes++;
    }
    for (;;) {
        size_t left = room - client->have;
        char *to = client->bytes + client->have;
        int got = client->tls ? SSL_read(client->tls, to, left) : (int)recv(client->socket, to, left, 0);
        if (got <= 0) return left && is_only_empty(client, got);
        client->have += got;
        client->bytes[client->have] = 0;
        answer_all(client);
    }
}

static int listen_anywhere(int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) || listen(listener, 64)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    *port = ntohs(address.sin_port);
    return listener;
}

static void watch(int queue, int socket, void *owner) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = owner};
    if (epoll_ctl(queue, EPOLL_CTL_ADD, socket, &event)) fail("epoll");
}

static void accept_client(int queue, int listener, bool is_secure) {
    int yes = 1, socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0) return;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct client *client = calloc(1, sizeof *client);
    if (!client) fail("memory");
    client->socket = socket;
    if (is_secure) {
        client->tls = SSL_new(tls_context);
        if (!client->tls || !SSL_set_fd(client->tls, socket)) fail("TLS");
    }
    watch(queue, socket, client);
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    struct sigaction ending = {.sa_handler = end};
    sigaction(SIGTERM, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    tls_context = SSL_CTX_new(TLS_server_method());
    if (!tls_context || SSL_CTX_use_certificate_chain_file(tls_context, arguments[1]) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls_context, arguments[2], SSL_FILETYPE_PEM) != 1) {
        fail("certificates");
    }
    int port, secure_port, queue = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_anywhere(&port), secure_listener = listen_anywhere(&secure_port);
    if (queue < 0) fail("epoll");
    http_port = port;
    watch(queue, listener, &listener);
    watch(queue, secure_listener, &secure_listener);
    printf("%d %d\n", port, secure_port);
    fflush(stdout);
    while (!has_to_end) {
        struct epoll_event ready[most_ready];
        int events = epoll_wait(queue, ready, most_ready, -1);
        for (int index = 0; index < events; index++) {
            void *owner = ready[index].data.ptr;
            if (owner == &listener || owner == &secure_listener) {
                accept_client(queue, *(int *)owner, owner == &secure_listener);
                continue;
            }
            struct client *client = owner;
            if (serve(client)) continue;
            if (client->tls) SSL_free(client->tls);
            close(client->socket);
            free(client);
        }
    }
    printf(
        "{\"PutItem\":%ld,\"SendEmail\":%ld,\"composites\":%ld,\"collections\":%ld,\"others\":%ld,\"handshakes\":%ld}\n", claims,
        messages, composites, collections, others, handshakes);
    return 0;
}
