<?php

/*
 * What a waiting worker of KubeWsBridge's pool runs before its script (auto_prepend_file): it loads a file, waits for its connection,
 * and becomes what a freshly started PHP would be. The connection's variables come on standard input, NAME=value with a NUL behind each,
 * up to the end of the input. Nothing at all means that the bridge is gone.
 */

declare(strict_types=1);

namespace KubeWsBridge\PoolBoot;

final class Boot
{
    public const PRELOAD = 'KWB_POOL_PRELOAD';
    public const PREPEND = 'KWB_POOL_PREPEND';
    public const READY = 'KWB_POOL_READY';

    /** Takes a setting out of the environment, so that the script never sees it. */
    public static function take(string $name): string
    {
        $value = (string) \getenv($name);
        \putenv($name);
        unset($_SERVER[$name], $_ENV[$name]);

        return $value;
    }

    /** Says that everything is loaded, and waits for the connection. */
    public static function wait(): void
    {
        // "n" is O_NONBLOCK: nobody may be there any more to listen.
        if ($ready = @\fopen(self::take(self::READY), 'wn')) {
            \fwrite($ready, \getmypid() . "\n");
            \fclose($ready);
        }
        $variables = (string) \stream_get_contents(\STDIN);
        if ($variables === '') {
            exit(0);
        }

        $order = (string) \ini_get('variables_order');
        foreach (\explode("\0", \substr($variables, 0, -1)) as $variable) {
            \putenv($variable);
            [$name, $value] = \explode('=', $variable, 2);
            if (\str_contains($order, 'S')) {
                $_SERVER[$name] = $value;
            }
            if (\str_contains($order, 'E')) {
                $_ENV[$name] = $value;
            }
        }
        $_SERVER['REQUEST_TIME_FLOAT'] = \microtime(true);
        $_SERVER['REQUEST_TIME'] = (int) $_SERVER['REQUEST_TIME_FLOAT'];
        if (\function_exists('memory_reset_peak_usage')) {
            \memory_reset_peak_usage();
        }
    }

    /** The user's own auto_prepend_file, whose place this file has taken. */
    public static string $prepend = '';
}

Boot::$prepend = Boot::take(Boot::PREPEND);
// Out here, where variables are global: what these files define is what the script finds.
if (\getenv(Boot::PRELOAD) !== false) {
    require Boot::take(Boot::PRELOAD);
}
Boot::wait();
if (Boot::$prepend !== '') {
    require Boot::$prepend;
}
