#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli.h"
#include "runut/serve.h"

extern char **environ;

enum { MOST_TOKEN = 1024, LEAST_TOKEN = 16, MOST_FILES = 4096 };

/* The token: the first line of --token-file, else $RUNUT_TOKEN. Into `room`; *token is NULL where there is none. */
static int read_token(const cli *self, char room[MOST_TOKEN], const char **token)
{
    *token = NULL;
    const char *given = getenv("RUNUT_TOKEN");
    if (self->token_file) {
        FILE *f = fopen(self->token_file, "re");
        if (!f)
            return cli_usage("%s: %s", self->token_file, strerror(errno));
        given = fgets(room, MOST_TOKEN, f) ? room : "";
        fclose(f);
        room[strcspn(room, "\r\n")] = '\0';
    } else if (!given || !*given) {
        return CLI_OK;
    }
    for (const char *at = given; *at; at++)
        if (*at <= 32 || *at >= 127)
            return cli_usage("the token must be of printable ASCII characters, without blanks");
    if (strlen(given) < LEAST_TOKEN)
        return cli_usage("the token is too short: %d characters at least", LEAST_TOKEN);
    *token = given;
    return CLI_OK;
}

static int read_rate(const cli *self, runut_server_limits *limits)
{
    char *end = NULL;
    unsigned long rate = self->rate ? strtoul(self->rate, &end, 10) : 0;
    if (self->rate && (*self->rate < '0' || *self->rate > '9' || *end || rate > 1000000))
        return cli_usage("--rate wants a number from 0 to 1000000, not '%s'", self->rate);
    limits->rate = (unsigned)rate;
    limits->no_rate = self->rate && rate == 0;
    return CLI_OK;
}

/* Shows the page in the desktop's browser; whether that works is not the server's business. */
static void open_page(const char *address)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t none, usual;
    pid_t child;
    char *words[] = {strdup("xdg-open"), strdup(address), NULL};
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setpgroup(&how, 0); /* Ctrl-C ends the server, not the browser */
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    if (posix_spawnp(&child, "xdg-open", &actions, &how, words, environ) != 0)
        fprintf(stderr, "runut: no xdg-open here; open %s yourself\n", address);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    free(words[0]);
    free(words[1]);
}

/* Each connection is an open file. */
static void allow_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= MOST_FILES)
        return;
    files.rlim_cur = files.rlim_max < MOST_FILES ? files.rlim_max : MOST_FILES;
    setrlimit(RLIMIT_NOFILE, &files);
}

/* Serves until SIGTERM, SIGINT or SIGHUP, which no other thread gets; a second one ends it at once. */
static int serve(const cli *self, const runut_server_options *options)
{
    runut_server *server;
    runut_error error;
    sigset_t ends;
    int which;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    allow_files();
    signal(SIGCHLD, SIG_IGN); /* xdg-open is nobody's to wait for */
    if (runut_server_start(options, &server, &error) != RUNUT_OK)
        return cli_fail(&error);
    printf("runut serves %s at %s\n", options->store, runut_server_address(server));
    bool told = fflush(stdout) == 0;
    if (told && self->open)
        open_page(runut_server_address(server));
    while (told && sigwait(&ends, &which) == EINTR)
        ;
    pthread_sigmask(SIG_UNBLOCK, &ends, NULL);
    runut_server_stop(server);
    return told ? CLI_OK : CLI_FAILED;
}

int cli_serve(const cli *self)
{
    char token[MOST_TOKEN], agencies[4096];
    runut_server_options options = {.store = cli_store(self),
                                    .listen = self->listen,
                                    .host = self->host,
                                    .agencies = cli_agencies(self, agencies),
                                    .read_only = self->read_only};
    int status = read_token(self, token, &options.token);
    if (status == CLI_OK)
        status = read_rate(self, &options.limits);
    if (status == CLI_OK)
        status = cli_jobs(self, &options.jobs);
    return status == CLI_OK ? serve(self, &options) : status;
}
