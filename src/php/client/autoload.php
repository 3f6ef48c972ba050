<?php

declare(strict_types=1);

// Loads the classes where there is no Composer: require __DIR__ . '/path/to/client/autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['KubeWsBridge\\Client\\' => '/src/', 'WebsocketLib\\' => '/legacy/'] as $namespace => $folder) {
        if (str_starts_with($class, $namespace)) {
            $file = __DIR__ . $folder . strtr(substr($class, strlen($namespace)), '\\', '/') . '.php';
            if (is_file($file)) {
                require $file;
            }
        }
    }
});
