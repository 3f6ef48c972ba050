<?php

declare(strict_types=1);

// Makes the application, as bootstrap/app.php does in Laravel; once in a process, so that a preloaded one is there already.

namespace Example\Framework;

require_once __DIR__ . '/../../client/autoload.php';
require_once __DIR__ . '/Container.php';
require_once __DIR__ . '/Rooms.php';
require_once __DIR__ . '/ChatController.php';

/** @return Container the one of this process, or the one it has inherited from the fork server */
function application(): Container
{
    /** @var ?Container $container */
    static $container = null;
    if ($container === null) {
        $container = new Container();
        $container->bind(Rooms::class, static fn (): Rooms => new Rooms());
        $container->bind(ChatController::class, static fn (Container $container) => new ChatController($container, $container->get(Rooms::class)));
    }
    return $container;
}
