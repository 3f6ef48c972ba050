#!/usr/bin/env php
<?php
declare(strict_types=1);

// Tells what a worker finds around itself, and does what it is told: one command a line.
require_once __DIR__ . '/lib/worker.php';

function report(): array
{
    global $argv, $argc, $preloaded, $prepended;
    return [
        'getenv' => getenv(),
        'server' => array_map(fn ($value) => is_array($value) ? $value : (string) $value, $_SERVER),
        'env' => $_ENV,
        'pid' => getmypid(),
        'argv' => $argv,
        'argc' => $argc,
        'file' => __FILE__,
        'included' => get_included_files(),
        'frames' => count(debug_backtrace()),
        'stdin' => defined('STDIN') ? stream_get_contents(STDIN) : null,
        'stdinEnds' => defined('STDIN') ? feof(STDIN) : null,
        'stdinDescriptor' => stream_get_contents(fopen('php://stdin', 'r')),
        'body' => file_get_contents('php://input'),
        'stdinOfChild' => (string) shell_exec('cat'),
        'constants' => array_map(fn (string $name): bool => defined($name) && is_resource(constant($name)), ['STDIN', 'STDOUT', 'STDERR']),
        'types' => array_map(fn (int $fd): string => decoct(stat("/proc/self/fd/$fd")['mode'] & 0170000), [0, 1, 2]),
        'descriptors' => count(array_filter(scandir('/proc/self/fd'), 'ctype_digit')),
        'isLeader' => posix_getsid(0) === getmypid() && posix_getpgrp() === getmypid(),
        'blocked' => trim(explode(':', implode('', preg_grep('/^SigBlk/', file('/proc/self/status'))))[1]),
        'cwd' => getcwd(),
        'peak' => memory_get_peak_usage(),
        'sapi' => PHP_SAPI,
        'ini' => [ini_get('max_execution_time'), ini_get('html_errors'), ini_get('implicit_flush'), ini_get('output_buffering')],
        'headers' => strlen(getenv('WSS_REQUEST_HEADERS')),
        'random' => mt_rand(),
        'started' => time() - $_SERVER['REQUEST_TIME'],
        'preloaded' => $preloaded ?? null,
        'prepended' => $prepended ?? null,
    ];
}

final class Leaver
{
    public function __destruct()
    {
        echo 'destroyed ';
    }
}

/** Leaves behind what has an order of its own at the end of a script. */
function leave(string $file): void
{
    $GLOBALS['leaver'] = new Leaver();
    $GLOBALS['zipped'] = fopen("compress.zlib://$file", 'w');
    fwrite($GLOBALS['zipped'], 'zipped');
    register_shutdown_function(function (): void {
        echo 'shutdown ';
        register_shutdown_function(function (): void {
            echo 'late ';
        });
    });
    ob_start(fn (string $text): string => strtoupper($text));
    echo 'buffered ';
}

$tcp = connect_back();
while (($line = fgets($tcp)) !== false) {
    [$command, $argument] = explode(' ', rtrim($line)) + [1 => ''];
    if (str_starts_with($command, 'leave')) {
        $command === 'leave' ? leave($argument) : register_shutdown_function(fn () => exit((int) $argument));

        return;
    }
    match ($command) {
        'report' => write_all($tcp, json_encode(report(), JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE) . "\n"),
        'echo' => print($argument),
        'stdout' => fwrite(STDOUT, $argument),
        'stderr' => fwrite(STDERR, "$argument\n"),
        'device' => system("echo $argument > /dev/stderr"),
        'child' => system("echo $argument >&2"),
        'error_log' => error_log($argument),
        'warning' => trigger_error($argument, E_USER_WARNING),
        'notice' => ${$argument},
        'strict' => strlen(5),
        'fatal' => throw new RuntimeException($argument),
        'memory' => ini_set('memory_limit', '16M') . str_repeat('x', (int) $argument),
        'close' => fclose(STDOUT),
        'exit' => exit((int) $argument),
        'die' => posix_kill(getmypid(), (int) $argument),
        'session' => write_all($tcp, "here\n"),
        default => null,
    };
}
