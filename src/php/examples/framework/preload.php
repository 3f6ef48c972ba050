<?php

declare(strict_types=1);

// For --launcher fork --fork-preload: runs once, in the fork server; every worker begins with what this leaves behind.
// Load classes and build the container here, but connect to nothing: all workers would share that connection.

require_once __DIR__ . '/bootstrap.php';
require_once __DIR__ . '/../../client/preload.php';

Example\Framework\application();
