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

    public function testUnknownClassesAreLeftToOthers(): void
    {
        self::same([false, false], [class_exists('KubeWsBridge\\Client\\Nothing'), class_exists('KubeWsBridge\\ClientX\\Nothing')]);
    }
}
