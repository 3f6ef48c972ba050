<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

final class AutoloadTest extends TestCase
{
    public function testEveryFileDeclaresTheClassItsNameSays(): void
    {
        $composer = json_decode((string) file_get_contents(__DIR__ . '/../composer.json'), true, 8, JSON_THROW_ON_ERROR);
        self::same(true, is_array($composer) && is_array($composer['autoload']) && is_array($composer['autoload']['psr-4']));
        $count = 0;
        foreach ($composer['autoload']['psr-4'] as $namespace => $folder) {
            $top = realpath(__DIR__ . "/../$folder") . '/';
            foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($top, \FilesystemIterator::SKIP_DOTS)) as $file) {
                $name = $namespace . strtr(substr((string) $file, strlen($top), -strlen('.php')), '/', '\\');
                self::same(true, class_exists($name) || interface_exists($name) || enum_exists($name), $name);
                self::contains('declare(strict_types=1);', (string) file_get_contents((string) $file));
                ++$count;
            }
        }
        self::same(true, $count > 25, "$count files:");
    }

    public function testPreloadLeavesNothingToLoad(): void
    {
        $script = 'require $argv[1]; array_map("spl_autoload_unregister", spl_autoload_functions()); '
            . 'KubeWsBridge\Client\Connection::MAX_MESSAGE_BYTES; echo KubeWsBridge\Client\Wire\Closing::of(1000, "ok")->payload(), " ", '
            . 'count(preg_grep("/^(KubeWsBridge|WebsocketLib)/", [...get_declared_classes(), ...get_declared_interfaces()]));';
        exec(escapeshellarg(PHP_BINARY) . ' -r ' . escapeshellarg($script) . ' ' . escapeshellarg(__DIR__ . '/../preload.php') . ' 2>&1', $output);

        self::contains('1000 ok ' . self::files(), implode("\n", $output));
    }

    public function testUnknownClassesAreLeftToOthers(): void
    {
        self::same([false, false], [class_exists('KubeWsBridge\\Client\\Nothing'), class_exists('KubeWsBridge\\ClientX\\Nothing')]);
    }

    private static function files(): int
    {
        return count([...glob(__DIR__ . '/../src/*.php') ?: [], ...glob(__DIR__ . '/../src/*/*.php') ?: [], ...glob(__DIR__ . '/../legacy/*.php') ?: []]);
    }
}
