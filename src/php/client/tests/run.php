<?php

declare(strict_types=1);

// Runs every test of this folder and ends with "N passed, N failed": php tests/run.php [part of a test's name]

namespace KubeWsBridge\Client\Tests;

require __DIR__ . '/../autoload.php';

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/' . substr($class, strlen(__NAMESPACE__) + 1) . '.php';
    if (str_starts_with($class, __NAMESPACE__ . '\\') && is_file($file)) {
        require $file;
    }
});

// Every warning and notice fails the test in which it comes, apart from those that @ expects.
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    return (error_reporting() & $level) === 0 ? false : throw new \ErrorException($message, 0, $level, $file, $line);
});

$filter = $argv[1] ?? '';
$passed = $failed = 0;
foreach (glob(__DIR__ . '/*Test.php') ?: [] as $file) {
    $class = new \ReflectionClass(__NAMESPACE__ . '\\' . basename($file, '.php'));
    foreach ($class->getMethods(\ReflectionMethod::IS_PUBLIC) as $method) {
        $name = $class->getShortName() . '.' . $method->getName();
        if (!str_starts_with($method->getName(), 'test') || ($filter !== '' && !str_contains($name, $filter))) {
            continue;
        }
        $test = $class->newInstance();
        try {
            $method->invoke($test);
            ++$passed;
        } catch (\Throwable $exception) {
            ++$failed;
            echo "FAILED $name\n  ", get_class($exception), ': ', str_replace("\n", "\n  ", $exception->getMessage()), "\n  ",
                str_replace("\n", "\n  ", $exception->getTraceAsString()), "\n";
        } finally {
            $test->tearDown();
        }
    }
}
echo "$passed passed, $failed failed\n";
exit($failed === 0 && $passed > 0 ? 0 : 1);
