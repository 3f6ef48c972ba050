<?php

/*
 * The fork server of KubeWsBridge: starts PHP and loads a file once, then forks a worker for each WebSocket connection.
 *
 *     php [options] fork-server.php DIRECTORY [PRELOAD]
 *
 * The bridge starts it by itself. Who starts it in another container shares DIRECTORY with the bridge (--fork-server-dir) and runs
 * both as the same user. Needs pcntl and posix, on Linux.
 *
 * It runs in two stages, because PHP can not put another file in the place of its own descriptors (there is no dup2). The first
 * stage executes PHP again with this file as its standard input and with 1 and 2 closed. So the second stage opens and closes them
 * like any file, PHP has not defined STDIN, STDOUT and STDERR, and C's stderr, to which error_log writes, is untouched.
 */

declare(strict_types=1);

namespace KubeWsBridge\ForkServer;

/** Settings that the first stage hands to the second, in the environment. */
final class Settings
{
    public const DIRECTORY = 'KWB_FORK_DIRECTORY';
    public const PRELOAD = 'KWB_FORK_PRELOAD';
    public const PREPEND = 'KWB_FORK_PREPEND';
    public const LOG = 'KWB_FORK_LOG';

    /** Takes a setting out of the environment, so that no worker ever sees it. */
    public static function take(string $name): string
    {
        $value = (string) \getenv($name);
        \putenv($name);
        unset($_SERVER[$name], $_ENV[$name]);

        return $value;
    }
}

/** The first stage: checks what is needed, and executes PHP again with its standard descriptors closed. */
final class FirstStage
{
    /** Never returns. */
    public static function run(): never
    {
        $arguments = $_SERVER['argv'];
        $source = \is_file(__FILE__) ? __FILE__ : (string) \readlink('/proc/self/fd/0');
        if (\count($arguments) < 2) {
            self::fail('Usage: php fork-server.php DIRECTORY [PRELOAD]', 64);
        }
        foreach (['pcntl', 'posix'] as $extension) {
            if (!\extension_loaded($extension)) {
                self::fail("The fork server needs PHP's extension $extension, which is not loaded.", 78);
            }
        }

        // In a pod either container may be the first; the bridge makes the directory in the same way.
        if (!\is_dir($arguments[1]) && !@\mkdir($arguments[1], 0700) && !\is_dir($arguments[1])) {
            self::fail("The directory $arguments[1] is not there and can not be made.", 78);
        }

        // The options of PHP itself stand before the script's name, and only the kernel remembers them.
        $line = \explode("\0", \rtrim((string) \file_get_contents('/proc/self/cmdline'), "\0"));
        $options = \array_slice($line, 1, \count($line) - 1 - \count($arguments));
        $environment = \getenv();
        $environment[Settings::DIRECTORY] = (string) \realpath($arguments[1]);
        $environment[Settings::PRELOAD] = $arguments[2] ?? '';
        $environment[Settings::PREPEND] = (string) \ini_get('auto_prepend_file');
        if (!isset($environment[Settings::LOG])) {
            $log = self::duplicate(2);
            $environment[Settings::LOG] = "php://fd/$log";
        }

        foreach (['php://stdin', 'php://stdout', 'php://stderr'] as $number => $name) {
            // The first to open such a name gets the descriptor itself. The constants have done so when this file was named as the script.
            \fclose(\defined('STDIN') ? [\STDIN, \STDOUT, \STDERR][$number] : \fopen($name, 'r+'));
        }
        $input = \fopen($source, 'r'); // takes the lowest free number, 0
        \pcntl_exec(\PHP_BINARY, [...$options, '-d', 'auto_prepend_file='], $environment);
        exit(71);
    }

    /** A copy of the descriptor that stays open across exec. */
    private static function duplicate(int $descriptor): int
    {
        static $kept = [];
        $before = \scandir('/proc/self/fd') ?: [];
        $kept[] = \fopen("php://fd/$descriptor", 'w');
        $after = \array_filter(\scandir('/proc/self/fd') ?: [], static fn (string $number): bool => \is_link("/proc/self/fd/$number"));

        return (int) \current(\array_diff($after, $before));
    }

    private static function fail(string $message, int $status): never
    {
        \fwrite(\STDERR, $message . "\n");
        exit($status);
    }
}

/** The connection to the bridge. A message is its length in four bytes, a letter for its kind, and a body. */
final class Control
{
    /** More is no message of the bridge's. */
    private const LONGEST = 16 * 1024 * 1024;

    private string $received = '';

    /** @param resource $socket */
    private function __construct(private $socket)
    {
    }

    /** Connects; null when nobody listens. */
    public static function connect(string $path): ?self
    {
        $socket = @\stream_socket_client("unix://$path", $error, $reason, 5.0);

        return $socket === false ? null : new self($socket);
    }

    public function send(string $kind, string $body): void
    {
        @\fwrite($this->socket, \pack('N', 1 + \strlen($body)) . $kind . $body);
    }

    /**
     * Waits a second at most, or for a signal.
     *
     * @return ?list<array{string, string}> the kinds and bodies that are complete; null when the connection has ended or is out of step
     */
    public function receive(): ?array
    {
        [$readable, $none, $others] = [[$this->socket], null, null];
        if (!@\stream_select($readable, $none, $others, 1)) {
            return [];
        }
        $bytes = \fread($this->socket, 65536);
        if ($bytes === false || $bytes === '') {
            return null;
        }

        return $this->split($bytes);
    }

    public function close(): void
    {
        \fclose($this->socket);
    }

    /** @return ?list<array{string, string}> */
    private function split(string $bytes): ?array
    {
        $this->received .= $bytes;
        $messages = [];
        for ($at = 0; \strlen($this->received) >= $at + 4; $at += 4 + $length) {
            $length = \unpack('N', $this->received, $at)[1];
            if ($length < 1 || $length > self::LONGEST) {
                return null;
            }
            if (\strlen($this->received) < $at + 4 + $length) {
                break;
            }
            $messages[] = [$this->received[$at + 4], \substr($this->received, $at + 5, $length - 1)];
        }
        $this->received = \substr($this->received, $at);

        return $messages;
    }
}

/** Descriptors 1 and 2, which are files that can be closed. */
final class Standard
{
    /** @var list<resource> descriptors 1 and 2, in this order */
    private array $outputs = [];

    /**
     * When opcache works, its lock has taken descriptor 1. Only C's stdout can close that, which PHP does not need. A worker that has
     * done so must not use opcache any more; what was loaded before the fork stays in its shared memory.
     */
    private bool $isFirstTaken;

    public function __construct(private string $log)
    {
        $taken = @\readlink('/proc/self/fd/1');
        $this->isFirstTaken = $taken !== false;
        if ($this->isFirstTaken && !\str_contains($taken, '.ZendSem.') && !\str_contains($taken, 'opcache_lock')) {
            Server::fail("an extension of PHP keeps $taken open as descriptor 1");
        }
        if (@\readlink('/proc/self/fd/2') !== false) {
            Server::fail('an extension of PHP keeps descriptor 2 open');
        }
        $this->openLog();
    }

    /** Has both outputs go to the log. */
    public function openLog(): void
    {
        $this->open($this->log, $this->log);
    }

    /** Has both outputs go to a worker's pipes; false when the bridge does not read them any more. */
    public function openPipes(string $path): bool
    {
        return $this->open("$path.out", "$path.err");
    }

    /** In a worker: the constants that PHP would have defined, on the descriptors it would have had. */
    public function define(string $path): void
    {
        \fclose(\fopen('php://stdin', 'r')); // this file
        \define('STDIN', \fopen('/dev/null', 'r'));
        if ($this->isFirstTaken) {
            \ini_set('opcache.enable', '0');
            \fclose(\fopen('php://stdout', 'w'));
            $pipe = \array_pop($this->outputs);
            $this->outputs = [\fopen('php://fd/' . self::find("$path.out"), 'w'), ...$this->outputs];
            \fclose($pipe);
        }
        \define('STDOUT', $this->outputs[0]);
        \define('STDERR', $this->outputs[1]);
    }

    private function open(string $first, string $second): bool
    {
        foreach ($this->outputs as $output) {
            \fclose($output);
        }
        $this->outputs = [];

        // Each takes the lowest free number: 1 and 2, or 2 and another.
        foreach ($this->isFirstTaken ? [$second, $first] : [$first, $second] as $path) {
            // Without O_NONBLOCK ("n") this would wait for ever for a bridge that is gone.
            if (!($output = @\fopen($path, 'wn'))) {
                return false;
            }
            \stream_set_blocking($output, true);
            $this->outputs[] = $output;
        }

        return true;
    }

    private static function find(string $path): int
    {
        foreach (\scandir('/proc/self/fd') ?: [] as $number) {
            // Its name may be gone already: the bridge removes it when it is told of the fork.
            if (\in_array(@\readlink("/proc/self/fd/$number"), [$path, "$path (deleted)"], true)) {
                return (int) $number;
            }
        }
        Server::fail("$path is not open");
    }
}

/** What a forked process has to become: the same as a freshly started PHP would be. */
final class Worker
{
    /** The script to run. */
    public static string $script = '';

    /** @param list<string> $variables NAME=value */
    public static function become(string $script, array $variables): void
    {
        self::$script = $script;
        $order = (string) \ini_get('variables_order');
        foreach ($variables as $variable) {
            \putenv($variable);
            [$name, $value] = \explode('=', $variable, 2);
            if (\str_contains($order, 'S')) {
                $_SERVER[$name] = $value;
            }
            if (\str_contains($order, 'E')) {
                $_ENV[$name] = $value;
            }
        }

        $_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME'] = $_SERVER['SCRIPT_FILENAME'] = $_SERVER['PATH_TRANSLATED'] = $script;
        $_SERVER['REQUEST_TIME_FLOAT'] = \microtime(true);
        $_SERVER['REQUEST_TIME'] = (int) $_SERVER['REQUEST_TIME_FLOAT'];
        $GLOBALS['argv'] = $_SERVER['argv'] = [$script];
        $GLOBALS['argc'] = $_SERVER['argc'] = 1;

        // Otherwise all workers would throw the same dice.
        \mt_srand(\random_int(0, 0x7fffffff));
        if (\function_exists('memory_reset_peak_usage')) {
            \memory_reset_peak_usage();
        }
    }
}

/**
 * A quick end for a worker whose script has returned.
 *
 * What PHP does after its last destructor costs ten times what all the rest of a small worker does: it frees each piece of memory, and
 * every page that it touches has to be copied first, because it was the server's. So a worker whose exit status is known to be 0 does
 * what others could see of that (outputs are flushed, streams closed), and ends by a signal that says so. A script that calls exit, or
 * fails, takes the long way: nobody but PHP knows its status.
 */
final class QuickEnd
{
    /** The signal of those who have ended well: a real-time signal that nobody else sends. */
    public const SIGNAL = 50;

    /** Extensions that have something to do at the very end, besides all that extend the engine. */
    private const HAVE_LAST_WORDS = ['newrelic', 'ddtrace', 'opentelemetry', 'elastic_apm', 'excimer', 'pcov', 'tideways', 'blackfire', 'swoole', 'grpc'];

    private static ?self $instance = null;

    /** To be called when the script has returned: has the end come after all shutdown functions and destructors. */
    public static function prepare(): void
    {
        $engine = \array_diff(\get_loaded_extensions(true), ['Zend OPcache']);
        if ($engine === [] && \array_filter(self::HAVE_LAST_WORDS, 'extension_loaded') === []) {
            \register_shutdown_function([self::class, 'goBehindTheOthers']);
        }
    }

    /** Others may have registered functions since, auto_append_file for one. None of them runs if one before it calls exit. */
    public static function goBehindTheOthers(): void
    {
        \register_shutdown_function(static function (): void {
            self::$instance = new self(); // the youngest object: its destructor comes last
        });
    }

    public function __destruct()
    {
        while (\ob_get_level() > 0 && @\ob_end_flush()) {
            // PHP flushes them now, too.
        }
        if (\function_exists('session_status') && \session_status() === \PHP_SESSION_ACTIVE) {
            \session_write_close();
        }
        foreach (\array_reverse(\get_resources('stream')) as $stream) {
            // Compressed ones have something left to write, and take another along.
            \is_resource($stream) && @\fclose($stream);
        }
        \posix_kill((int) \getmypid(), self::SIGNAL);
    }
}

/** The files that are in the memory of every worker, whatever becomes of them on disk. */
final class LoadedFiles
{
    private const SECONDS_BETWEEN_LOOKS = 3;

    /** @var array<string, string> what was seen of them, by path */
    private array $seen = [];

    private int $nextLook = 0;

    /** @param list<string> $paths */
    public function __construct(array $paths)
    {
        foreach ($paths as $path) {
            $this->seen[$path] = self::look($path);
        }
    }

    /** The path of one that has changed, once; null when there is none, or it is not time yet to look again. */
    public function findChanged(): ?string
    {
        if ($this->seen === [] || \time() < $this->nextLook) {
            return null;
        }
        $this->nextLook = \time() + self::SECONDS_BETWEEN_LOOKS;
        \clearstatcache();
        foreach ($this->seen as $path => $seen) {
            if (self::look($path) !== $seen) {
                $this->seen = [];

                return $path;
            }
        }

        return null;
    }

    private static function look(string $path): string
    {
        $status = @\stat($path);

        return $status ? "{$status['ino']} {$status['size']} {$status['mtime']}" : '';
    }
}

/** The second stage: forks when the bridge asks for it, and tells what becomes of the children. */
final class Server
{
    /** Files to load: before the first fork, and at the start of each worker. */
    public static string $preload = '';
    public static string $prepend = '';

    private static self $instance;

    /** @var array<int, string> the bridge's names for living children, by process id */
    private array $children = [];

    private ?Control $control = null;
    private LoadedFiles $loaded;
    private bool $isLast = false;

    private function __construct(private string $directory, private string $workingDirectory, private bool $isOurs, private Standard $standard)
    {
    }

    /** Takes the settings; preloading comes next. */
    public static function prepare(): void
    {
        $log = Settings::take(Settings::LOG);
        self::$preload = Settings::take(Settings::PRELOAD);
        self::$prepend = Settings::take(Settings::PREPEND);
        self::$instance = new self(
            Settings::take(Settings::DIRECTORY), (string) \getcwd(), !\str_starts_with($log, 'php:'), new Standard($log));
    }

    /** Ends the process because it can not be a fork server. */
    public static function fail(string $reason): never
    {
        \error_log("The fork server can not work: $reason.");
        exit(78);
    }

    /** Serves until the bridge is gone; returns in workers only. */
    public static function serve(): void
    {
        $server = self::$instance;
        $server->checkFork();
        \set_error_handler(static fn (): bool => true); // a handler of the preload file's might throw at what is expected here
        \pcntl_async_signals(true);
        \pcntl_signal(\SIGCHLD, static function (): void {
            // Nothing to do but to end the wait for the bridge.
        }, false);
        \pcntl_signal(\SIGTERM, static function () use ($server): void {
            $server->isLast = true; // the bridge decides when: it may have sessions to end in order first
        });
        \gc_collect_cycles();
        \gc_mem_caches();
        $server->loaded = new LoadedFiles(\get_included_files());
        $server->meet();
        while (!$server->isWorker()) {
            $server->turn();
        }
    }

    /** Connects to the bridge. The one that has started us is there; another may come later. */
    private function meet(): void
    {
        while (!$this->control = Control::connect($this->directory . '/control.sock')) {
            if ($this->isOurs || $this->isLast) {
                exit(0);
            }
            \usleep(500_000);
        }
        $this->control->send('R', \getmypid() . ' ' . \PHP_VERSION);
    }

    /** Waits for the bridge or a child's end, and does what they ask for. */
    private function turn(): void
    {
        $messages = $this->control->receive();
        $this->reap();
        if ($changed = $this->loaded->findChanged()) {
            $this->control->send('C', $changed);
        }
        if ($messages === null) {
            $this->leave();

            return;
        }
        foreach ($messages as [$kind, $body]) {
            match ($kind) {
                'L' => $this->launch($body),
                'S' => $this->launch($body, true),
                'K' => $this->kill($body),
                'P' => $this->control->send('P', ''),
                'Q' => exit(0),
                default => $this->leave(),
            };
            if ($this->control === null) {
                return;
            }
        }
    }

    private function isWorker(): bool
    {
        return $this->control === null;
    }

    /** The bridge is gone, and nobody is left for whom the children could work. */
    private function leave(): void
    {
        $this->killAll();
        $this->children = [];
        if ($this->isOurs) {
            \array_map('unlink', \glob("$this->directory/*") ?: []);
            \rmdir($this->directory);
            exit(0);
        }
        $this->control->close();
        $this->meet();
    }

    /** Body: the bridge's name for the child, the script, and the variables, with NUL between them; a spare has the name alone. */
    private function launch(string $body, bool $isSpare = false): void
    {
        [$name, $task] = \explode("\0", $body, 2) + [1 => ''];
        $input = $isSpare ? @\fopen("$this->directory/$name.in", 'rn') : null;
        if ($input === false || !$this->standard->openPipes("$this->directory/$name")) {
            $this->standard->openLog();
            $this->control->send('E', "$name its pipes can not be opened: run the fork server as the bridge's user");

            return;
        }

        // So that no child's end is told before its beginning, and no handler of ours runs in a child.
        \pcntl_sigprocmask(\SIG_BLOCK, [\SIGCHLD, \SIGTERM], $signals);
        $child = @\pcntl_fork();
        if ($child === 0) {
            $this->enter($name, $task, $input, $signals);

            return;
        }

        $this->standard->openLog();
        if ($input) {
            \fclose($input);
        }
        if ($child > 0) {
            $this->children[$child] = $name;
            $this->control->send('F', "$name $child");
        } else {
            $this->control->send('E', "$name " . \pcntl_strerror(\pcntl_get_last_error()));
        }
        \pcntl_sigprocmask(\SIG_SETMASK, $signals);
    }

    /**
     * @param string     $task    the script and the variables, with NUL between them
     * @param ?resource  $input   where the task comes from in the end
     * @param array<int> $signals
     */
    private function enter(string $name, string $task, $input, array $signals): void
    {
        \restore_error_handler();
        \posix_setsid();
        \pcntl_async_signals(false);
        \pcntl_signal(\SIGCHLD, \SIG_DFL);
        \pcntl_signal(\SIGTERM, \SIG_DFL);
        \pcntl_sigprocmask(\SIG_SETMASK, $signals);
        $this->control->close();
        $this->control = null;
        $this->children = [];
        $this->standard->define("$this->directory/$name");
        @\chdir($this->workingDirectory);
        if ($input) {
            $task = self::await($input);
        }
        [$script, $variables] = \explode("\0", $task, 2) + [1 => ''];
        Worker::become($script, $variables === '' ? [] : \explode("\0", $variables));
    }

    /**
     * A spare waits for its task. None at all means that nobody needs it any more.
     *
     * @param resource $input
     */
    private static function await($input): string
    {
        \stream_set_blocking($input, true);
        $task = (string) \stream_get_contents($input);
        \fclose($input);
        if ($task === '') {
            \posix_kill((int) \getmypid(), \SIGKILL); // so that nothing the preload file has registered runs
        }

        return $task;
    }

    /** Body: the bridge's name for the child, a space, and the signal's number. */
    private function kill(string $body): void
    {
        [$name, $signal] = \explode(' ', $body) + [1 => '9'];
        if ($child = \array_search($name, $this->children, true)) {
            $this->signal($child, (int) $signal);
        }
    }

    /** A child that has not come to lead a group of its own has no children either. */
    private function signal(int $child, int $signal): void
    {
        if (!\posix_kill(-$child, $signal)) {
            \posix_kill($child, $signal);
        }
    }

    private function killAll(): void
    {
        foreach (\array_keys($this->children) as $child) {
            $this->signal($child, \SIGKILL);
        }
    }

    private function reap(): void
    {
        while (($child = \pcntl_waitpid(-1, $status, \WNOHANG)) > 0) {
            if (!isset($this->children[$child])) {
                continue;
            }
            \posix_kill(-$child, \SIGKILL); // what it has left behind
            $end = match (true) {
                \pcntl_wifexited($status) => 'exit ' . \pcntl_wexitstatus($status),
                \pcntl_wtermsig($status) === QuickEnd::SIGNAL => 'exit 0',
                default => 'signal ' . \pcntl_wtermsig($status),
            };
            $this->control?->send('X', "{$this->children[$child]} $end");
            unset($this->children[$child]);
        }
    }

    private function checkFork(): void
    {
        $child = \pcntl_fork();
        if ($child === 0) {
            \posix_kill((int) \getmypid(), \SIGKILL); // so that nothing the preload file has registered runs
        }
        if ($child < 0 || \pcntl_waitpid($child, $status) !== $child || !\pcntl_wifsignaled($status)) {
            self::fail('it can not fork: ' . \pcntl_strerror(\pcntl_get_last_error()));
        }
    }
}

if (\getenv(Settings::DIRECTORY) === false) {
    FirstStage::run();
}

// Out here, where variables are global: what these files define is what the script finds.
Server::prepare();
if (Server::$preload !== '') {
    require Server::$preload;
}
Server::serve();
if (Server::$prepend !== '') {
    require Server::$prepend;
}
require Worker::$script;
QuickEnd::prepare();
