<?php

declare(strict_types=1);

// The same with and without preload; with it, the application is there before the client comes.

use Example\Framework\ChatController;
use KubeWsBridge\Client\Connection;

use function Example\Framework\application;

require_once __DIR__ . '/bootstrap.php';

application()->get(ChatController::class)->handle(Connection::open());
