// The worker of the benchmark: as light as a worker can be, so that what is measured is what stands between it and the client.
//
//   worker MODE [SCRIPT]      as the bridge starts it: connects back, says its id, then does MODE
//   worker serve PORT MODE    as the back-end of a TCP proxy: one process per connection, each does MODE
//
// Modes: echo     sends every byte back
//        push     18 bytes every 2 ms: the time of sending (CLOCK_MONOTONIC, nanoseconds, big-endian) and ten more; until end of file
//        chunked  answers every 16 bytes with 64 KiB in pieces of 8 KiB, without TCP_NODELAY, as PHP's fwrite does
//        pieces   answers every 16 bytes with three pieces of 100 bytes, without TCP_NODELAY
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { request = 16, buffer_size = 256 * 1024 };
static char buffer[buffer_size];

static int write_all(int fd, const char *data, size_t count)
{
    while (count > 0) {
        ssize_t written = send(fd, data, count, MSG_NOSIGNAL);
        if (written <= 0)
            return -1;
        data += written;
        count -= (size_t)written;
    }
    return 0;
}

static void no_delay(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void echo(int fd)
{
    no_delay(fd);
    ssize_t count;
    while ((count = read(fd, buffer, buffer_size)) > 0)
        if (write_all(fd, buffer, (size_t)count) < 0)
            return;
}

static void push(int fd)
{
    no_delay(fd);
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (;;) {
        next.tv_nsec += 2000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        uint64_t stamp = htobe64((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
        char message[18] = {0};
        memcpy(message, &stamp, sizeof stamp);
        char input;
        if (write_all(fd, message, sizeof message) < 0 || recv(fd, &input, 1, MSG_DONTWAIT) == 0)
            return;
    }
}

static void answer(int fd, int pieces, size_t size)
{
    memset(buffer, 'x', size);
    size_t pending = 0;
    char input[4096];
    ssize_t count;
    while ((count = read(fd, input, sizeof input)) > 0)
        for (pending += (size_t)count; pending >= request; pending -= request)
            for (int i = 0; i < pieces; i++)
                if (write_all(fd, buffer, size) < 0)
                    return;
}

static int run(int fd, const char *mode)
{
    if (strcmp(mode, "echo") == 0)
        echo(fd);
    else if (strcmp(mode, "push") == 0)
        push(fd);
    else if (strcmp(mode, "chunked") == 0)
        answer(fd, 8, 8192);
    else if (strcmp(mode, "pieces") == 0)
        answer(fd, 3, 100);
    else
        return 64;
    return 0;
}

static int fail(const char *what)
{
    fprintf(stderr, "worker: %s: %s\n", what, strerror(errno));
    return 1;
}

static struct sockaddr_in loopback(const char *host, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

static int serve(int port, const char *mode)
{
    signal(SIGCHLD, SIG_IGN);
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = loopback("127.0.0.1", port);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0)
        return fail("listen");
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        if (fork() == 0) {
            close(listener);
            _exit(run(fd, mode));
        }
        close(fd);
    }
}

static int connect_back(const char *host, int port)
{
    static const char scheme[] = "unix://";
    if (strncmp(host, scheme, sizeof scheme - 1) != 0) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        struct sockaddr_in address = loopback(host, port);
        return connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ? -1 : fd;
    }
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, host + sizeof scheme - 1, sizeof address.sun_path - 1);
    return connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ? -1 : fd;
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "serve") == 0)
        return serve(atoi(argv[2]), argv[3]);

    const char *host = getenv("WSS_TCP_HOST"), *port = getenv("WSS_TCP_PORT"), *id = getenv("WSS_CONNECTION_ID");
    if (argc < 2 || !host || !port || !id)
        return 64;
    int fd = connect_back(host, atoi(port));
    if (fd < 0)
        return fail("connect");
    char hello[128];
    int length = snprintf(hello, sizeof hello, "%s\n", id);
    if (write_all(fd, hello, (size_t)length) < 0)
        return fail("hello");
    return run(fd, argv[1]);
}
