<?php

declare(strict_types=1);

// Loads every class now instead of when it is first needed: require it in the preload file of a fork server (--fork-preload).
require_once __DIR__ . '/autoload.php';

(static function (): void {
    foreach ([__DIR__ . '/src', __DIR__ . '/legacy'] as $folder) {
        foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $file) {
            require_once (string) $file;
        }
    }
})();
