// Thousands of workers in one process, for sessions that do nothing: what they weigh in the bridge can be measured without as many processes.
//
//   crowd PATH [SCRIPT]   as the bridge starts it: tells the crowd at the unix datagram socket PATH of its session, and exits with 0
//   crowd serve PATH      the crowd: connects back for each session it is told of, says its id, and sends every byte back until end of file
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { batch = 128, longest = 512 };

static int fail(const char *what)
{
    fprintf(stderr, "crowd: %s: %s\n", what, strerror(errno));
    return 1;
}

static socklen_t unix_address(struct sockaddr_un *address, const char *path)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, strnlen(path, sizeof address->sun_path - 1));
    return sizeof *address;
}

// A host is an IPv4 address, or unix:///path with no use for the port.
static int connect_back(const char *host, int port)
{
    if (strncmp(host, "unix://", 7) == 0) {
        struct sockaddr_un address;
        socklen_t size = unix_address(&address, host + 7);
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        return fd >= 0 && connect(fd, (struct sockaddr *)&address, size) == 0 ? fd : -1;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || inet_pton(AF_INET, host, &address.sin_addr) != 1 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static int hand_over(const char *path)
{
    const char *host = getenv("WSS_TCP_HOST"), *port = getenv("WSS_TCP_PORT"), *id = getenv("WSS_CONNECTION_ID");
    if (!host || !port || !id)
        return 64;
    char session[longest];
    int length = snprintf(session, sizeof session, "%s %s %s", host, port, id);
    struct sockaddr_un address;
    socklen_t size = unix_address(&address, path);
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    return sendto(fd, session, (size_t)length, 0, (struct sockaddr *)&address, size) == length ? 0 : fail("sendto");
}

static void welcome(int epoll, const char *session)
{
    char host[128], id[64];
    int port;
    if (sscanf(session, "%127s %d %63s", host, &port, id) != 3)
        return;
    int fd = connect_back(host, port);
    if (fd < 0) {
        fail("connect");
        return;
    }
    dprintf(fd, "%s\n", id);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void echo(int fd)
{
    char buffer[64 * 1024];
    ssize_t count = recv(fd, buffer, sizeof buffer, 0);
    if (count <= 0 || send(fd, buffer, (size_t)count, MSG_NOSIGNAL) != count)
        close(fd);
}

static int serve(const char *path)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    struct sockaddr_un address;
    socklen_t size = unix_address(&address, path);
    int sessions = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (bind(sessions, (struct sockaddr *)&address, size) < 0)
        return fail("bind");
    int epoll = epoll_create1(0);
    struct epoll_event events[batch] = {{.events = EPOLLIN, .data.fd = sessions}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, sessions, &events[0]);
    for (;;) {
        int count = epoll_wait(epoll, events, batch, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd != sessions) {
                echo(events[i].data.fd);
                continue;
            }
            char session[longest];
            ssize_t length = recv(sessions, session, sizeof session - 1, 0);
            session[length > 0 ? length : 0] = 0;
            welcome(epoll, session);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "serve") == 0)
        return serve(argv[2]);
    return argc >= 2 ? hand_over(argv[1]) : 64;
}
